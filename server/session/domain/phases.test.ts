import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { QuestionId } from "../../core/ids.ts";
import { type PhaseEvent, type PhasePlan, transition } from "./phases.ts";
import type { Pacing, Phase } from "./session.ts";

const questions = ["q1", "q2", "q3"].map((id) => ({
  id: id as QuestionId,
  timeLimitMs: 20_000,
  points: 1000,
}));
const hostPaced: PhasePlan = { pacing: "HOST_PACED", questions };
const selfPaced: PhasePlan = { pacing: "SELF_PACED", questions };
const NOW = 1_000_000;

const opened = (number: number) => ({ number, opensAt: NOW, closesAt: NOW + 20_000 });
const lobby: Phase = { state: "LOBBY" };
const running: Phase = { state: "RUNNING" };
const open = (number: number): Phase => ({ state: "QUESTION_OPEN", question: opened(number) });
const closed = (number: number): Phase => ({ state: "QUESTION_CLOSED", question: opened(number) });
const finished = (asked: number): Phase => ({ state: "FINISHED", finishedAt: NOW, asked });
const next = (after: string | null = null): PhaseEvent => ({
  kind: "next",
  after: after as QuestionId | null,
});

function go(phase: Phase, event: PhaseEvent, plan = hostPaced, now = NOW): Phase | "unchanged" | "refused" {
  const outcome = transition(phase, event, plan, now);
  return outcome.kind === "changed" ? outcome.phase : outcome.kind;
}

describe("Starting", () => {
  it("opens the first question, or lets everyone begin", () => {
    expect(go(lobby, { kind: "start" })).toEqual(open(1));
    expect(go(lobby, { kind: "start" }, selfPaced)).toEqual(running);
  });

  it("is refused outside the lobby", () => {
    for (const phase of [open(1), closed(1), running, finished(0)]) {
      expect(go(phase, { kind: "start" })).toBe("refused");
    }
  });
});

describe("Going on", () => {
  it("opens the next question, from an open one and from a closed one", () => {
    expect(go(open(1), next())).toEqual(open(2));
    expect(go(closed(2), next())).toEqual(open(3));
  });

  it("finishes after the last", () => {
    expect(go(closed(3), next())).toEqual(finished(3));
  });

  it("moves one step for a double click", () => {
    expect(go(open(1), next("q1"))).toEqual(open(2));
    expect(go(open(2), next("q1"))).toBe("unchanged");
    expect(go(finished(3), next("q3"))).toBe("unchanged");
  });

  it("is refused before the start, at the end, and in a self-paced session", () => {
    expect(go(lobby, next())).toBe("refused");
    expect(go(finished(3), next())).toBe("refused");
    expect(go(running, next(), selfPaced)).toBe("refused");
    expect(go(finished(0), next("q1"), selfPaced)).toBe("refused");
  });
});

describe("Closing", () => {
  it("ends the open question now, but not later than its deadline", () => {
    const at = (now: number) => {
      const phase = go(open(1), { kind: "close" }, hostPaced, now);
      return typeof phase === "object" && "question" in phase ? phase.question.closesAt - NOW : phase;
    };
    expect(at(NOW + 5000)).toBe(5000);
    expect(at(NOW + 20_400)).toBe(20_000);
    expect(at(NOW - 5000)).toBe(0);
  });

  it("changes nothing in a closed question, and is refused where there is none", () => {
    expect(go(closed(1), { kind: "close" })).toBe("unchanged");
    for (const phase of [lobby, running, finished(1)]) expect(go(phase, { kind: "close" })).toBe("refused");
  });

  it("happens by itself to the question meant, and to no other", () => {
    expect(go(open(2), { kind: "time-up", number: 2 }, hostPaced, NOW + 30_000)).toEqual(closed(2));
    expect(go(open(2), { kind: "time-up", number: 1 })).toBe("unchanged");
    expect(go(closed(2), { kind: "time-up", number: 2 })).toBe("unchanged");
    expect(go(open(2), { kind: "all-answered", number: 2 }, hostPaced, NOW + 7)).toEqual({
      state: "QUESTION_CLOSED",
      question: { number: 2, opensAt: NOW, closesAt: NOW + 7 },
    });
    expect(go(open(2), { kind: "all-answered", number: 1 })).toBe("unchanged");
  });
});

describe("Finishing", () => {
  it("ends a session wherever it is, and tells how many questions were asked", () => {
    expect(go(lobby, { kind: "finish" })).toEqual(finished(0));
    expect(go(open(2), { kind: "finish" })).toEqual(finished(2));
    expect(go(closed(2), { kind: "finish" })).toEqual(finished(2));
    expect(go(running, { kind: "finish" }, selfPaced)).toEqual(finished(3));
  });

  it("changes nothing in a finished session", () => {
    expect(go(finished(2), { kind: "finish" }, hostPaced, NOW + 1)).toBe("unchanged");
  });
});

const number = fc.integer({ min: 0, max: 4 });
const event: fc.Arbitrary<PhaseEvent> = fc.oneof(
  fc.constantFrom<PhaseEvent>({ kind: "start" }, { kind: "close" }, { kind: "finish" }, next()),
  fc.constantFrom("q1", "q2", "q3", "other").map(next),
  fc.record({ kind: fc.constantFrom("time-up" as const, "all-answered" as const), number }),
);

/** LOBBY 0, question n open 2n−1, closed 2n; RUNNING 1; the end after all. */
function progress(phase: Phase): number {
  if ("question" in phase) return 2 * phase.question.number - (phase.state === "QUESTION_OPEN" ? 1 : 0);
  return { LOBBY: 0, RUNNING: 1, FINISHED: 100 }[phase.state];
}

describe("Whatever happens", () => {
  it("a session only moves forward, through the states of its pacing, and stays finished", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Pacing>("HOST_PACED", "SELF_PACED"),
        fc.array(fc.tuple(event, fc.nat(30_000))),
        (pacing, steps) => {
          let phase: Phase = lobby;
          let now = NOW;
          for (const [happens, wait] of steps) {
            now += wait;
            const outcome = transition(phase, happens, { pacing, questions }, now);
            if (outcome.kind !== "changed") continue;
            expect(progress(outcome.phase)).toBeGreaterThan(progress(phase));
            phase = outcome.phase;
            expect("question" in phase).toBe(phase.state.startsWith("QUESTION"));
            if (pacing === "SELF_PACED") expect(phase.state).toMatch(/RUNNING|FINISHED/);
            else expect(phase.state).not.toBe("RUNNING");
            if ("question" in phase) {
              expect(phase.question.closesAt).toBeGreaterThanOrEqual(phase.question.opensAt);
              expect(phase.question.closesAt - phase.question.opensAt).toBeLessThanOrEqual(20_000);
            }
          }
        },
      ),
    );
  });
});
