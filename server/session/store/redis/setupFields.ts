import type { Phase, SessionSetup } from "../../domain/session.ts";

/** The setup as plain fields of the session's hash, which the scripts read without parsing all of it. */
export function setupFields(setup: SessionSetup): readonly (string | number)[] {
  const { code, pacing, scoring, closeWhenAllAnswered, questions } = setup;
  return [
    ...["code", code, "pacing", pacing, "scoring", scoring],
    ...["closeWhenAllAnswered", closeWhenAllAnswered ? "1" : "0", "questionCount", questions.length],
    ...questions.flatMap(({ id, timeLimitMs, points }, index) => [
      ...[`number:${id}`, index + 1],
      ...[`question:${index + 1}`, `${id} ${timeLimitMs} ${points}`],
    ]),
  ];
}

/** A phase as the scripts take it: JSON, state, number, opensAt, closesAt, finishedAt. */
export function phaseArguments(phase: Phase): readonly (string | number)[] {
  const { number, opensAt, closesAt } = "question" in phase ? phase.question : {};
  const finishedAt = phase.state === "FINISHED" ? phase.finishedAt : "";
  return [JSON.stringify(phase), phase.state, number ?? "", opensAt ?? "", closesAt ?? "", finishedAt];
}
