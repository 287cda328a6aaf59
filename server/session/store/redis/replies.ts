import type { AttemptId } from "../../../core/ids.ts";
import { viewAttempt } from "../../domain/attempts.ts";
import type {
  AnswerRecord,
  AttemptRecord,
  AttemptSnapshot,
  Pacing,
  Phase,
  SessionSetup,
  SessionSnapshot,
  Standings,
  StandingsEntry,
} from "../../domain/session.ts";
import type { AttemptsReading, Ranks } from "../liveStore.ts";
import { scoreIn } from "./packedScore.ts";
import type { Reply } from "./scripts.ts";

/** Why nothing may be judged in a shard just now; see lua/shared/alive.lua. */
export type Hold = "empty" | "gap";

/** What the scripts give, read. Only they write what is read here, so a form that does not fit is a bug. */

export function listOf(reply: Reply | undefined): readonly Reply[] {
  if (typeof reply !== "object" || reply === null) throw new TypeError(`Not a list: ${String(reply)}`);
  return reply;
}

export function textOf(reply: Reply | undefined): string {
  if (typeof reply !== "string") throw new TypeError(`Not a text: ${String(reply)}`);
  return reply;
}

export function numberOf(reply: Reply | undefined): number {
  const number = typeof reply === "number" ? reply : Number(textOf(reply));
  if (!Number.isFinite(number)) throw new TypeError(`Not a number: ${String(reply)}`);
  return number;
}

/** Why a script has done nothing (see lua/shared/session.lua), or null where it has. */
export function holdOf(reply: Reply): Hold | null {
  if (typeof reply !== "object" || reply === null || reply[0] !== "held") return null;
  return readHold(reply[1]);
}

export function readHold(reply: Reply | undefined): Hold {
  if (reply === "empty" || reply === "gap") return reply;
  throw new TypeError(`Not a reason to hold: ${String(reply)}`);
}

function jsonOf<Value>(reply: Reply | undefined): Value {
  return JSON.parse(textOf(reply)) as Value;
}

/** See sessionReply in lua/shared/session.lua. */
export function readSession(reply: Reply | undefined): SessionSnapshot {
  const [setup, version, phase, players, answers, right, tally, now, stored] = listOf(reply);
  return {
    setup: jsonOf<SessionSetup>(setup),
    version: numberOf(version),
    storedVersion: numberOf(stored),
    phase: jsonOf<Phase>(phase),
    playerCount: numberOf(players),
    answerCount: numberOf(answers),
    correctCount: numberOf(right),
    tally: readTally(tally),
    now: numberOf(now),
  };
}

function readTally(reply: Reply | undefined): Record<string, number> {
  const flat = listOf(reply);
  const pairs: [string, number][] = [];
  for (let index = 0; index < flat.length; index += 2)
    pairs.push([textOf(flat[index]), numberOf(flat[index + 1])]);
  return Object.fromEntries(pairs);
}

/** See attemptReply in lua/shared/attempts.lua. */
export function readAttempt(reply: Reply | undefined): AttemptSnapshot {
  const [record, rank, phase, pacing, texts] = listOf(reply);
  const view = viewAttempt({
    record: jsonOf<AttemptRecord>(record),
    rank: numberOf(rank),
    phase: jsonOf<Phase>(phase),
    pacing: textOf(pacing) as Pacing,
    answers: [],
  });
  let answers: readonly AnswerRecord[] | undefined;
  return {
    ...view,
    // Most who ask for an attempt want none of them.
    get answers() {
      answers ??= listOf(texts).map(readAnswer);
      return answers;
    },
  };
}

/** See lua/readAttempts.lua. */
export function readAttempts([, version, attempts]: readonly Reply[]): AttemptsReading {
  return { version: numberOf(version), attempts: listOf(attempts).map(readAttempt) };
}

export function readAnswer(reply: Reply | undefined): AnswerRecord {
  return jsonOf<AnswerRecord>(reply);
}

/** See lua/readStandings.lua. Equal scores share a rank. */
export function readStandings([, version, players, records]: readonly Reply[], first: number): Standings {
  const entries: StandingsEntry[] = [];
  for (const text of listOf(records).slice(0, first)) {
    const { id, nickname, score, correctCount } = jsonOf<AttemptRecord>(text);
    const above = entries.at(-1);
    const rank = above?.score === score ? above.rank : entries.length + 1;
    entries.push({ rank, attemptId: id satisfies AttemptId, nickname, score, correctCount });
  }
  return { version: numberOf(version), playerCount: numberOf(players), entries };
}

/** See lua/readRanks.lua. Equal scores share a rank. */
export function readRanks([, version, phase, pacing, standings]: readonly Reply[]): Ranks {
  const flat = listOf(standings);
  const of = new Map<AttemptId, { readonly rank: number; readonly score: number }>();
  let [rank, above] = [0, -1];
  for (let index = 0; index < flat.length; index += 2) {
    const score = scoreIn(numberOf(flat[index + 1]));
    if (score !== above) rank = index / 2 + 1;
    above = score;
    of.set(textOf(flat[index]) as AttemptId, { rank, score });
  }
  return { version: numberOf(version), phase: jsonOf<Phase>(phase), pacing: textOf(pacing) as Pacing, of };
}
