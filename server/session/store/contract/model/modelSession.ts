import type { AttemptId } from "../../../../core/ids.ts";
import type { SessionSetup } from "../../../domain/session.ts";

interface Opened {
  number: number;
  opensAt: number;
  closesAt: number;
}

interface ModelAnswer {
  readonly text: string;
  readonly correct: boolean;
  readonly points: number;
  readonly elapsedMs: number;
}

export interface ModelPlayer {
  readonly id: AttemptId;
  readonly nickname: string;
  readonly answers: Map<number, ModelAnswer>;
  removed: boolean;
  /** The version at which the score was reached. */
  reached: number;
  /** SELF_PACED */
  facing: Opened | null;
  over: number;
}

/** A session as the rules of the game tell it, written for nothing but being plain. Shares no code with the store. */
export class ModelSession {
  readonly setup: SessionSetup;
  readonly players: ModelPlayer[] = [];
  version = 1;
  state = "LOBBY";
  question: Opened | null = null;

  constructor(setup: SessionSetup) {
    this.setup = setup;
  }

  get active(): ModelPlayer[] {
    return this.players.filter(({ removed }) => !removed);
  }

  get hosted(): boolean {
    return this.setup.pacing === "HOST_PACED";
  }

  player(id: AttemptId): ModelPlayer {
    const player = this.players.find((one) => one.id === id);
    if (!player) throw new Error("The model has no such player");
    return player;
  }

  answersTo(number: number): ModelAnswer[] {
    return this.active.flatMap(({ answers }) => answers.get(number) ?? []);
  }

  join(id: AttemptId, nickname: string): string {
    if (this.state === "FINISHED") return "finished";
    if (this.active.some((other) => other.nickname.toLowerCase() === nickname.toLowerCase())) {
      return "nickname-taken";
    }
    this.version += 1;
    const reached = this.version;
    this.players.push({ id, nickname, answers: new Map(), removed: false, reached, facing: null, over: 0 });
    return "joined";
  }

  submit(id: AttemptId, number: number, text: string, now: number): string {
    const player = this.player(id);
    if (player.removed) return "removed";
    const before = player.answers.get(number);
    if (before) return before.text === text ? "repeated" : "already-answered";
    const open =
      this.state === "RUNNING" ? player.facing : this.state === "QUESTION_OPEN" ? this.question : null;
    if (open?.number !== number || now > open.closesAt + 500) return "not-open";

    this.version += 1;
    const correct = text === "right";
    const limit = open.closesAt - open.opensAt;
    const elapsedMs = Math.min(now - open.opensAt, limit);
    const points = this.#points(player, number, correct, elapsedMs, limit);
    player.answers.set(number, { text, correct, points, elapsedMs });
    if (points > 0) player.reached = this.version;
    if (!this.hosted) {
      player.over += 1;
      player.facing = this.#opened(player.over + 1, now);
    }
    this.#closeIfAllAnswered(now);
    return "recorded";
  }

  start(now: number): string {
    if (this.state !== "LOBBY") return "refused";
    this.#go(this.hosted ? "QUESTION_OPEN" : "RUNNING", this.hosted ? this.#opened(1, now) : null);
    return "done";
  }

  /** `after`: a question's number, 0 for none. */
  next(after: number, now: number): string {
    if (!this.hosted) return "refused";
    if (this.state === "FINISHED") return after > 0 ? "unchanged" : "refused";
    if (!this.question) return "refused";
    if (after > 0 && after !== this.question.number) return "unchanged";
    const next = this.#opened(this.question.number + 1, now);
    if (next) this.#go("QUESTION_OPEN", next);
    else this.#go("FINISHED", this.question);
    return "done";
  }

  close(now: number): string {
    if (this.state === "QUESTION_CLOSED") return "unchanged";
    if (this.state !== "QUESTION_OPEN" || !this.question) return "refused";
    this.#go("QUESTION_CLOSED", { ...this.question, closesAt: Math.min(this.question.closesAt, now) });
    return "done";
  }

  finish(): string {
    if (this.state === "FINISHED") return "unchanged";
    this.#go("FINISHED", this.question);
    return "done";
  }

  remove(id: AttemptId, now: number): string {
    const player = this.player(id);
    if (player.removed) return "unchanged";
    this.version += 1;
    player.removed = true;
    player.facing = null;
    this.#closeIfAllAnswered(now);
    return "done";
  }

  handOut(id: AttemptId, now: number): string {
    if (this.state !== "RUNNING") return "refused";
    const { version } = this;
    const player = this.player(id);
    this.#missIfOver(player, now);
    if (!player.removed && !player.facing && player.over < this.setup.questions.length) {
      this.version += 1;
      player.facing = this.#opened(player.over + 1, now);
    }
    return this.version > version ? "done" : "unchanged";
  }

  closeDue(now: number): void {
    if (this.state === "QUESTION_OPEN" && this.question && now >= this.question.closesAt + 500) {
      this.#go("QUESTION_CLOSED", this.question);
    }
    if (this.state === "RUNNING") for (const player of this.players) this.#missIfOver(player, now);
  }

  restore(gapMs: number): void {
    if (gapMs === 0) return;
    const later = (opened: Opened) => ({
      ...opened,
      opensAt: opened.opensAt + gapMs,
      closesAt: opened.closesAt + gapMs,
    });
    if (this.state === "QUESTION_OPEN" && this.question) this.#go("QUESTION_OPEN", later(this.question));
    if (this.state !== "RUNNING") return;
    for (const player of this.players) {
      if (!player.facing) continue;
      this.version += 1;
      player.facing = later(player.facing);
    }
  }

  #missIfOver(player: ModelPlayer, now: number): void {
    if (!player.facing || now < player.facing.closesAt + 500) return;
    this.version += 1;
    player.facing = null;
    player.over += 1;
  }

  #closeIfAllAnswered(now: number): void {
    if (!this.setup.closeWhenAllAnswered || this.state !== "QUESTION_OPEN" || !this.question) return;
    const { number } = this.question;
    const { active } = this;
    if (active.length > 0 && active.every(({ answers }) => answers.has(number))) this.close(now);
  }

  #go(state: string, question: Opened | null): void {
    this.version += 1;
    this.state = state;
    this.question = question;
  }

  #opened(number: number, now: number): Opened | null {
    const limit = this.setup.questions[number - 1]?.timeLimitMs;
    return limit === undefined ? null : { number, opensAt: now, closesAt: now + limit };
  }

  #points(player: ModelPlayer, number: number, correct: boolean, elapsedMs: number, limit: number): number {
    if (!correct) return 0;
    let row = 1;
    while (player.answers.get(number - row)?.correct) row += 1;
    const worth = this.setup.questions[number - 1]?.points ?? 0;
    // In whole halves of 1/limit: worth × (1 − t / 2T) = worth × (2T − t) / 2T.
    const [over, under] = elapsedMs < 500 ? [worth, 1] : [worth * (2 * limit - elapsedMs), 2 * limit];
    return Math.round(over / under) + Math.min((row - 1) * 100, 500);
  }
}
