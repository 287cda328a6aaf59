import { setTimeout as pause } from "node:timers/promises";
import { answersTo, createQuizApi } from "../../tests/api/quizApi.ts";
import { quizInput } from "../../tests/fixtures/quizInput.ts";

/** More than anyone of the crowd comes to while it is looked at. */
const QUESTIONS = 60;

export interface Crowd {
  readonly code: string;
  /** Answers, about half of them right, in turn and so many a second, until it is told to stop. */
  play(answersPerSecond: number, stop: AbortSignal): Promise<void>;
}

/** A self-paced session of the demo host's with so many players, begun by all of them. */
export async function gatherCrowd(url: string, hostToken: string, players: number): Promise<Crowd> {
  const api = createQuizApi(url);
  const quiz = await api.createQuiz(hostToken, {
    ...quizInput({ title: "A long way" }),
    questions: Array.from({ length: QUESTIONS }, (_, index) => ({
      kind: "SINGLE_CHOICE" as const,
      prompt: `Question ${index + 1}`,
      timeLimitSeconds: 600,
      choices: [
        { text: "right", correct: true },
        { text: "wrong", correct: false },
      ],
    })),
  });
  const { id, code } = await api.open(hostToken, quiz.id, { pacing: "SELF_PACED" });
  const tokens: string[] = [];
  for (let number = 1; number <= players; number += 1) {
    tokens.push((await api.join(code, `Player ${number}`)).playerToken);
  }
  await api.command("startSession", id, hostToken);
  for (const token of tokens) await api.own(token);
  let turn = 0;
  return {
    code,
    async play(rate, stop) {
      const [began, from] = [performance.now(), turn];
      while (!stop.aborted) {
        const token = tokens[turn % players];
        const question = quiz.questions[Math.floor(turn / players)];
        if (token === undefined || question === undefined)
          throw new Error("The crowd has run out of questions");
        const { right, wrong } = answersTo(question);
        // Neither the same half each time, nor left to chance: two runs see the same game.
        await api.answer(token, question.id, (turn * 7919) % 13 < 7 ? right : wrong);
        turn += 1;
        await pause(Math.max(0, began + ((turn - from) * 1000) / rate - performance.now()));
      }
    },
  };
}
