import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Cluster, Redis } from "ioredis";
import { SCORING } from "../../domain/scoring.ts";
import { FORGIVENESS_MS } from "../../domain/timing.ts";
import {
  ABANDONED_AFTER_MS,
  FORGOTTEN_AFTER_MS,
  HOMEWORK_ABANDONED_AFTER_MS,
  PLAYER_LIMIT,
} from "../keeping.ts";
import { reaching } from "./unavailable.ts";

/** What a script gives: Lua's tables, texts and whole numbers. */
export type Reply = string | number | null | readonly Reply[];

export type RedisClient = Redis | Cluster;

/**
 * The scripts of a session, each with what it shares with the others. "change" and "read" are held while the session's
 * shard is not watched, or may lack sessions; "upkeep" and "look" are what brings it back, or does not care.
 */
const OF_SESSIONS = {
  open: "change",
  readSession: "read",
  readAttempt: "read",
  readAttempts: "read",
  readRanks: "read",
  readStandings: "read",
  join: "change",
  submit: "change",
  remove: "change",
  handOut: "change",
  missDue: "change",
  changePhase: "change",
  restore: "upkeep",
  markStored: "upkeep",
  forget: "upkeep",
  beat: "upkeep",
} as const;

/** The scripts of other keys, which need nothing shared but the clock. */
const OTHERS = ["claimDue", "awaken", "reserveCode", "confirmCode", "releaseCode"] as const;

/**
 * What makes room, or leads to it, and takes next to none: games end, are stored and forgotten. If full memory kept these
 * from running, it would stay full.
 */
const MAKE_ROOM: ReadonlySet<ScriptName> = new Set([
  "beat",
  "claimDue",
  "changePhase",
  "markStored",
  "forget",
  "releaseCode",
]);

export type SessionScript = keyof typeof OF_SESSIONS;
export type ScriptName = SessionScript | "lookAtSession" | (typeof OTHERS)[number];

/** A shard that nobody has beaten for this long had a gap; see lua/shared/alive.lua. */
export const GAP_AFTER_MS = 3000;
/** A beat younger than this is as good as another one. */
const FRESH_MS = 500;

/** How old the clock may be by which a phase was decided; the script then asks for a new decision. */
const MAX_JUDGEMENT_AGE_MS = 500;

interface ScriptOptions {
  /** With a cluster, announcements go to the nodes of the session's slot only. */
  readonly sharded: boolean;
  /** The text of a function `clock`, in place of Redis' TIME. Only tests give one. */
  readonly clock?: string | undefined;
  /** GAP_AFTER_MS unless told. */
  readonly gapAfterMs?: number | undefined;
}

/** Runs the store's scripts by their hashes; where Redis does not know one (yet, or any more), sends it. */
export class Scripts {
  readonly #client: RedisClient;
  readonly #scripts: ReadonlyMap<ScriptName, { readonly text: string; readonly sha: string }>;

  constructor(client: RedisClient, options: ScriptOptions) {
    this.#client = client;
    this.#scripts = composed(options);
  }

  async run(name: ScriptName, keys: readonly string[], args: readonly (string | number)[]): Promise<Reply> {
    const script = this.#scripts.get(name);
    if (!script) throw new Error(`There is no script ${name}`);
    const rest = [...keys, ...args];
    try {
      return (await reaching(this.#client.evalsha(script.sha, keys.length, ...rest))) as Reply;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
      return (await reaching(this.#client.eval(script.text, keys.length, ...rest))) as Reply;
    }
  }
}

function composed({ sharded, clock = lua("shared/clock"), gapAfterMs = GAP_AFTER_MS }: ScriptOptions) {
  const base = [constants(sharded, gapAfterMs), clock, lua("shared/alive")];
  const ofSessions = [
    ...base,
    ...["session", "attempts", "scoring", "phase"].map((name) => lua(`shared/${name}`)),
  ];
  const guards = {
    change: [lua("shared/guardWrite")],
    read: [lua("shared/guardRead")],
    upkeep: [],
    look: [],
  };
  const scripts = new Map<ScriptName, { text: string; sha: string }>();
  const add = (name: ScriptName, access: keyof typeof guards, parts: readonly string[]) => {
    // Declared reads still run when memory is full. The others are refused whole then, never halfway.
    const reads = access === "read" || access === "look";
    const flags = reads ? " flags=no-writes" : MAKE_ROOM.has(name) ? " flags=allow-oom" : "";
    const text = [`#!lua${flags}`, ...parts].join("\n");
    scripts.set(name, { text, sha: createHash("sha1").update(text).digest("hex") });
  };
  for (const [name, access] of entriesOf(OF_SESSIONS)) {
    add(name, access, [...ofSessions, ...guards[access], lua(name)]);
  }
  // What a restoration asks: what is there, in a shard that is still empty.
  add("lookAtSession", "look", [...ofSessions, lua("readSession")]);
  for (const name of OTHERS) add(name, "upkeep", [...base, lua(name)]);
  return scripts;
}

/** The rules' numbers, from where they stand, so that the scripts cannot have others. */
function constants(sharded: boolean, gapAfterMs: number): string {
  const numbers = {
    FORGIVENESS_MS,
    ABANDONED_AFTER_MS,
    HOMEWORK_ABANDONED_AFTER_MS,
    FORGOTTEN_AFTER_MS,
    PLAYER_LIMIT,
    MAX_JUDGEMENT_AGE_MS,
    FRESH_MS,
    GAP_AFTER_MS: Number.isFinite(gapAfterMs) ? gapAfterMs : "math.huge",
  };
  const rules = Object.entries(SCORING).map(([name, { speedShare, fullUnderMs, streakStep, streakCap }]) => {
    const milliShare = Math.round(speedShare * 1000);
    return `${name} = { milliShare = ${milliShare}, fullUnderMs = ${fullUnderMs}, streakStep = ${streakStep}, streakCap = ${streakCap} }`;
  });
  return [
    ...Object.entries(numbers).map(([name, value]) => `local ${name} = ${value}`),
    `local RULES = { ${rules.join(", ")} }`,
    `local PUBLISH = '${sharded ? "SPUBLISH" : "PUBLISH"}'`,
  ].join("\n");
}

/** The build puts the folder `lua` beside the file that this one becomes part of. */
function lua(name: string): string {
  return readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), "utf8");
}

function entriesOf<Name extends string, Value>(record: Readonly<Record<Name, Value>>): [Name, Value][] {
  return Object.entries(record) as [Name, Value][];
}
