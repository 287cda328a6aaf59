import { expect } from "vitest";
import { type AttemptId, opaqueId, type QuestionId, type SessionId } from "../../../core/ids.ts";
import { nicknameKey } from "../../domain/nickname.ts";
import type { AttemptSnapshot, SessionSetup, SessionSnapshot, Standings } from "../../domain/session.ts";
import type { Command, CommandOutcome, JoinOutcome, SubmitOutcome } from "../liveStore.ts";
import type { StoreHarness } from "./harness.ts";

export const TIME_LIMIT_MS = 20_000;
export const START = Date.UTC(2030, 0, 1);

function questionsFor(count: number): SessionSetup["questions"] {
  return Array.from({ length: count }, () => ({
    id: opaqueId<"Question">(),
    timeLimitMs: TIME_LIMIT_MS,
    points: 1000,
  }));
}

export function setupFor(change: Partial<SessionSetup> = {}): SessionSetup {
  return {
    id: opaqueId<"Session">(),
    code: "123456",
    hostId: opaqueId<"User">(),
    quizId: opaqueId<"Quiz">(),
    quizVersionId: opaqueId<"QuizVersion">(),
    quizTitle: "Words",
    pacing: "HOST_PACED",
    scoring: "CLASSIC",
    closeWhenAllAnswered: false,
    seed: "seed",
    createdAt: START,
    questions: questionsFor(3),
    ...change,
  };
}

export interface AnswerGiven {
  readonly correct?: boolean;
  readonly text?: string;
}

/** One session of a store, and what people do in it. */
export class Game {
  readonly harness: StoreHarness;
  readonly setup: SessionSetup;

  constructor(harness: StoreHarness, setup: SessionSetup) {
    this.harness = harness;
    this.setup = setup;
  }

  static async open(harness: StoreHarness, change: Partial<SessionSetup> = {}): Promise<Game> {
    const setup = setupFor(change);
    expect(await harness.store.create(setup)).toBe("created");
    return new Game(harness, setup);
  }

  get id(): SessionId {
    return this.setup.id;
  }

  questionId(number: number): QuestionId {
    const question = this.setup.questions[number - 1];
    if (!question) throw new RangeError(`There is no question ${number}`);
    return question.id;
  }

  tryJoin(nickname: string, id: AttemptId = opaqueId()): Promise<JoinOutcome> {
    const alternatives = ["2", "3"].map((suffix) => `${nickname} ${suffix}`);
    return this.harness.store.join(this.id, {
      id,
      userId: null,
      nickname,
      nicknameKey: nicknameKey(nickname),
      alternatives: alternatives.map((other) => ({ nickname: other, key: nicknameKey(other) })),
    });
  }

  async join(nickname: string): Promise<AttemptId> {
    const outcome = await this.tryJoin(nickname);
    if (outcome.kind !== "joined") throw new Error(`${nickname} could not join: ${outcome.kind}`);
    return outcome.attempt.record.id;
  }

  submit(attemptId: AttemptId, number: number, given: AnswerGiven = {}): Promise<SubmitOutcome> {
    return this.submitTo(attemptId, this.questionId(number), given);
  }

  submitTo(attemptId: AttemptId, questionId: QuestionId, given: AnswerGiven = {}): Promise<SubmitOutcome> {
    const { correct = true, text = correct ? "right" : "wrong" } = given;
    return this.harness.store.submit(this.id, {
      attemptId,
      questionId,
      given: { choiceIds: [], text },
      fingerprint: `text:${text}`,
      tallyKeys: [`text:${text}`],
      correct,
      share: { num: correct ? 1 : 0, den: 1 },
    });
  }

  command(command: Command): Promise<CommandOutcome> {
    return this.harness.store.command(this.id, command);
  }

  /** Carries out a command that must change something. */
  async do(command: Command): Promise<SessionSnapshot> {
    const outcome = await this.command(command);
    if (outcome.kind !== "done") throw new Error(`${command.kind} gave ${outcome.kind}`);
    return outcome.session;
  }

  async session(): Promise<SessionSnapshot> {
    const session = await this.harness.store.read({ id: this.id });
    if (!session) throw new Error("The session is not there");
    return session;
  }

  async attempt(id: AttemptId): Promise<AttemptSnapshot> {
    const attempt = await this.harness.store.attempt(this.id, id);
    if (!attempt) throw new Error("The attempt is not there");
    return attempt;
  }

  async standings(): Promise<Standings> {
    const standings = await this.harness.store.standings(this.id, 1000);
    if (!standings) throw new Error("The session is not there");
    return standings;
  }
}
