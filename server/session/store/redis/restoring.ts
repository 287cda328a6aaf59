import { randomUUID } from "node:crypto";
import { nicknameKey } from "../../domain/nickname.ts";
import { transition } from "../../domain/phases.ts";
import type { AnswerRecord, Phase } from "../../domain/session.ts";
import { dueAt, extended } from "../../domain/timing.ts";
import { lastChangeOf } from "../lastChange.ts";
import type { SavedSession } from "../liveStore.ts";
import { type SessionPart, stagedKeys } from "./keys.ts";
import { packedScore } from "./packedScore.ts";
import type { RedisSession } from "./redisSession.ts";
import type { RedisClient } from "./scripts.ts";
import { phaseArguments, setupFields } from "./setupFields.ts";
import { reaching } from "./unavailable.ts";

const FIELDS_AT_ONCE = 500;
/** What a server leaves that dies while it restores. */
const STAGED_MS = 600_000;

type Pair = readonly [field: string, value: string | number];

/**
 * Puts a saved session together beside the live ones, piece by piece, and then lets it appear in one step. Servers may
 * do so at the same time: the first one's step counts, the others find the session there.
 * `now`: the store's clock, in milliseconds since 1970.
 */
export async function restoreSession(
  client: RedisClient,
  session: RedisSession,
  restored: {
    readonly saved: SavedSession;
    readonly gapMs: number;
    readonly versionJump: number;
    readonly now: number;
    readonly shards: number;
  },
): Promise<"restored" | "known"> {
  const { saved, gapMs, versionJump, now, shards } = restored;
  const { setup, phase } = saved;
  const version = saved.version + versionJump;
  const staged = stagedKeys(setup.id, shards, randomUUID());
  const counted = countedAnswers(saved);
  const parts = partsOf(saved, counted);
  for (const [part, key] of staged) await stage(client, part, key, parts[part]);

  // A jump is a change even where nothing else is, so that it comes into the journal.
  const after = phaseAfter(saved, counted.length, gapMs, now) ?? (versionJump > 0 ? phase : null);
  const fields = [
    ...["setup", JSON.stringify(setup), "version", version, "phaseVersion", version, "tokens", ""],
    ...["storedVersion", version, "changedAt", lastChangeOf(saved) + gapMs],
    ...["answerCount", counted.length, "correctCount", counted.filter(({ correct }) => correct).length],
    ...named(phase),
    ...setupFields(setup),
  ];
  const reply = await session.runWith(
    "restore",
    staged.map(([, key]) => key),
    [saved.version, gapMs, ...(after ? phaseArguments(after) : ["", "", "", "", "", ""]), ...fields],
  );
  return reply === "restored" ? reply : "known";
}

async function stage(
  client: RedisClient,
  part: SessionPart,
  key: string,
  pairs: readonly Pair[],
): Promise<void> {
  for (let start = 0; start < pairs.length; start += FIELDS_AT_ONCE) {
    const some = pairs.slice(start, start + FIELDS_AT_ONCE);
    if (part === "standings" || part === "facing") {
      await reaching(client.zadd(key, ...some.flatMap(([member, score]) => [String(score), member])));
    } else {
      await reaching(client.hset(key, ...some.flat()));
    }
  }
  if (pairs.length > 0) await reaching(client.pexpire(key, STAGED_MS));
}

function partsOf(
  { attempts, answers }: SavedSession,
  counted: readonly AnswerRecord[],
): Readonly<Record<SessionPart, readonly Pair[]>> {
  const active = attempts.filter(({ status }) => status !== "REMOVED");
  const tally = new Map<string, number>();
  for (const { tallyKeys } of counted) {
    for (const key of tallyKeys) tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  return {
    attempts: attempts.map((record) => [record.id, JSON.stringify(record)]),
    answers: answers.map((answer) => [`${answer.attemptId}:${answer.number}`, JSON.stringify(answer)]),
    standings: active.map((record) => [record.id, packedScore(record)]),
    nicknames: active.map(({ id, nickname }) => [nicknameKey(nickname), id]),
    tally: [...tally],
    facing: attempts.flatMap(({ id, facing }) => (facing ? [[id, dueAt(facing)] as const] : [])),
  };
}

/** The answers that the counts of the question on screen are made of. */
function countedAnswers({ phase, attempts, answers }: SavedSession): readonly AnswerRecord[] {
  if (!("question" in phase)) return [];
  const { number } = phase.question;
  const removed = new Set(attempts.filter(({ status }) => status === "REMOVED").map(({ id }) => id));
  return answers.filter((answer) => answer.number === number && !removed.has(answer.attemptId));
}

/** The phase with which a session goes on: what was not finished when it was lost, or the time lost with it. */
function phaseAfter(saved: SavedSession, answerCount: number, gapMs: number, now: number): Phase | null {
  const { setup, phase, attempts } = saved;
  if (phase.state !== "QUESTION_OPEN") return null;
  const { number } = phase.question;
  const playerCount = attempts.filter(({ status }) => status !== "REMOVED").length;
  // The last answer may have been kept, and the closing that followed it not.
  if (setup.closeWhenAllAnswered && playerCount > 0 && answerCount === playerCount) {
    const decided = transition(phase, { kind: "all-answered", number }, setup, now);
    if (decided.kind === "changed") return decided.phase;
  }
  return gapMs > 0 ? { ...phase, question: extended(phase.question, gapMs) } : null;
}

function named(phase: Phase): readonly (string | number)[] {
  const names = ["phase", "state", "number", "opensAt", "closesAt", "finishedAt"];
  return phaseArguments(phase).flatMap((value, index) => [names[index] ?? "", value]);
}
