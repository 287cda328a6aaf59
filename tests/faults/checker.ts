import { FORGIVENESS_MS } from "../../server/session/domain/timing.ts";
import type { AnswerRow, AttemptRow, Evidence } from "./evidence.ts";
import { findLate } from "./lateness.ts";

/** What is wrong, each as a sentence; nothing is, where all lists are empty. */
export interface Findings {
  /** Answers that were acknowledged, each counted once. */
  readonly acknowledged: number;
  /** Acknowledged, and not in the history (I2). */
  readonly lost: readonly string[];
  /** In the history, the journal or a score more than once (I1). */
  readonly duplicated: readonly string[];
  /** Told differently by an acknowledgement, a retry, the history, a score or a leaderboard (I3, I4, I7). */
  readonly mismatched: readonly string[];
  /** Went back before a client's eyes (I5). */
  readonly regressed: readonly string[];
  /** Taken after the question's end, by the store's clock (I6). */
  readonly late: readonly string[];
  /** Answers of which nobody can say until when they were to come. */
  readonly unverifiable: number;
}

const pair = ({ attemptId, questionId }: { readonly attemptId: string; readonly questionId: string }) =>
  `${attemptId} ${questionId}`;

/** Holds what clients were told against the journal, the history, and what servers say in the end. */
export function check(evidence: Evidence): Findings {
  const rows = groupBy(evidence.answers, pair);
  const acknowledged = groupBy(evidence.acknowledged, pair);
  const { late, unverifiable } = findLate(evidence, FORGIVENESS_MS);
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged.keys()]
      .filter((key) => !rows.has(key))
      .map((key) => `acknowledged, no row: ${key}`),
    duplicated: [...duplicatedRows(rows), ...duplicatedInJournal(evidence), ...countedTwice(evidence)],
    mismatched: [
      ...retriesThatDiffer(acknowledged),
      ...rowsThatDiffer(acknowledged, rows),
      ...refusedAndRecorded(evidence, rows),
      ...scoresThatDiffer(evidence),
      ...ranksThatDiffer(evidence),
      ...leaderboardsThatDiffer(evidence),
    ],
    regressed: evidence.regressions,
    late,
    unverifiable,
  };
}

function duplicatedRows(rows: ReadonlyMap<string, readonly AnswerRow[]>): string[] {
  return [...rows].filter(([, same]) => same.length > 1).map(([key, same]) => `${same.length} rows: ${key}`);
}

/** The same entry may be read twice; the same answer may not be two changes of its session. */
function duplicatedInJournal({ journal }: Evidence): string[] {
  const versions = groupBy(journal.answers, pair);
  return [...versions].flatMap(([key, entries]) => {
    const different = [...new Set(entries.map(({ version }) => version))];
    return different.length > 1 ? [`journaled as versions ${different.join(", ")}: ${key}`] : [];
  });
}

/** Answers that are lost are counted as that, and not here too. */
function countedTwice({ attempts, answers, acknowledged }: Evidence): string[] {
  const known = groupBy([...answers, ...acknowledged], ({ attemptId }) => attemptId);
  return attempts.flatMap(({ id, answeredCount }) => {
    const count = new Set(known.get(id)?.map(({ questionId }) => questionId)).size;
    return answeredCount > count ? [`${answeredCount} answers counted, ${count} there: attempt ${id}`] : [];
  });
}

interface Told {
  readonly points: number | null;
  readonly correct: boolean | null;
  readonly elapsedMs: number;
}

const told = ({ points, correct, elapsedMs }: Told) =>
  `${points} points, ${correct ? "right" : "wrong"}, ${elapsedMs} ms`;

function retriesThatDiffer(acknowledged: ReadonlyMap<string, readonly Told[]>): string[] {
  return [...acknowledged].flatMap(([key, same]) => {
    const different = [...new Set(same.map(told))];
    return different.length > 1 ? [`acknowledged as ${different.join("; as ")}: ${key}`] : [];
  });
}

function rowsThatDiffer(
  acknowledged: ReadonlyMap<string, readonly Told[]>,
  rows: ReadonlyMap<string, readonly AnswerRow[]>,
): string[] {
  return [...acknowledged].flatMap(([key, [first]]) => {
    const row = rows.get(key)?.[0];
    if (!first || !row || told(first) === told(row)) return [];
    return [`acknowledged as ${told(first)}, kept as ${told(row)}: ${key}`];
  });
}

/** Clients send one answer to a question, again and again: where it is recorded, nobody may be told that it is not. */
function refusedAndRecorded(
  { refused }: Evidence,
  rows: ReadonlyMap<string, readonly AnswerRow[]>,
): string[] {
  return refused
    .filter((refusal) => rows.has(pair(refusal)))
    .map((refusal) => `recorded, and refused with ${refusal.kind}: ${pair(refusal)}`);
}

function scoresThatDiffer({ attempts, answers }: Evidence): string[] {
  const rows = groupBy(answers, ({ attemptId }) => attemptId);
  return attempts.flatMap(({ id, score }) => {
    const sum = (rows.get(id) ?? []).reduce((total, { points }) => total + points, 0);
    return sum === score ? [] : [`${sum} points, score ${score}: attempt ${id}`];
  });
}

interface Ranked {
  readonly attempt: AttemptRow;
  readonly rank: number;
}

/** The attempts of a session in their one order: by score, then by who reached it first (I7). */
function ranked(attempts: readonly AttemptRow[]): readonly Ranked[] {
  return attempts
    .filter(({ status }) => status !== "REMOVED")
    .sort((a, b) => b.score - a.score || a.reachedVersion - b.reachedVersion)
    .map((attempt, _, all) => ({
      attempt,
      rank: 1 + all.filter(({ score }) => score > attempt.score).length,
    }));
}

function ranksThatDiffer({ sessions, attempts }: Evidence): string[] {
  const bySession = groupBy(attempts, ({ sessionId }) => sessionId);
  return sessions
    .filter(({ state }) => state === "FINISHED")
    .flatMap(({ id }) => ranked(bySession.get(id) ?? []))
    .filter(({ attempt, rank }) => attempt.finalRank !== rank)
    .map(({ attempt, rank }) => `rank ${rank}, kept as ${attempt.finalRank}: attempt ${attempt.id}`);
}

const places = (entries: readonly { readonly id: string; readonly score: number; readonly rank: number }[]) =>
  entries.map(({ id, score, rank }) => `${rank}. ${id} with ${score}`);

function leaderboardsThatDiffer({ leaderboards, attempts }: Evidence): string[] {
  const bySession = groupBy(attempts, ({ sessionId }) => sessionId);
  return leaderboards.flatMap(({ server, sessionId, entries }) => {
    const kept = places(
      ranked(bySession.get(sessionId) ?? []).map(({ attempt: { id, score }, rank }) => ({ id, score, rank })),
    );
    const given = places(entries.map(({ attemptId, score, rank }) => ({ id: attemptId, score, rank })));
    const length = Math.max(kept.length, given.length);
    const place = Array.from({ length }, (_, index) => index).find((index) => kept[index] !== given[index]);
    if (place === undefined) return [];
    return [
      `leaderboard of session ${sessionId} from ${server}: ${given[place] ?? "nobody"}, kept as ${kept[place] ?? "nobody"}`,
    ];
  });
}

export function groupBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
