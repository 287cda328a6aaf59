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
} from "./keeping.ts";

/** What a script gives: Lua's tables, texts and whole numbers. */
export type Reply = string | number | null | readonly Reply[];

export type RedisClient = Redis | Cluster;

/** The scripts of a session, each with what it shares with the others. */
const OF_SESSIONS = {
  open: "write",
  readSession: "read",
  readAttempt: "read",
  readStandings: "read",
  join: "write",
  submit: "write",
  remove: "write",
  handOut: "write",
  missDue: "write",
  changePhase: "write",
  restore: "write",
  markStored: "write",
  forget: "write",
} as const;

/** The scripts of other keys, which need nothing shared but the clock. */
const OTHERS = {
  claimDue: "write",
  reserveCode: "write",
  confirmCode: "write",
  releaseCode: "write",
} as const;

export type SessionScript = keyof typeof OF_SESSIONS;
export type ScriptName = SessionScript | keyof typeof OTHERS;

/** How old the clock may be by which a phase was decided; the script then asks for a new decision. */
const MAX_JUDGEMENT_AGE_MS = 500;

interface ScriptOptions {
  /** With a cluster, announcements go to the nodes of the session's slot only. */
  readonly sharded: boolean;
  /** The text of a function `clock`, in place of Redis' TIME. Only tests give one. */
  readonly clock?: string | undefined;
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
      return (await this.#client.evalsha(script.sha, keys.length, ...rest)) as Reply;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
      return (await this.#client.eval(script.text, keys.length, ...rest)) as Reply;
    }
  }
}

function composed({ sharded, clock = lua("shared/clock") }: ScriptOptions) {
  const shared = ["session", "attempts", "scoring", "phase"].map((name) => lua(`shared/${name}`));
  const scripts = new Map<ScriptName, { text: string; sha: string }>();
  const add = (name: ScriptName, access: "read" | "write", parts: readonly string[]) => {
    // Declared reads still run when memory is full. The others are refused whole then, never halfway.
    const head = access === "read" ? "#!lua flags=no-writes" : "#!lua";
    const text = [head, ...parts, lua(name)].join("\n");
    scripts.set(name, { text, sha: createHash("sha1").update(text).digest("hex") });
  };
  for (const [name, access] of entriesOf(OF_SESSIONS))
    add(name, access, [constants(sharded), clock, ...shared]);
  for (const [name, access] of entriesOf(OTHERS)) add(name, access, [clock]);
  return scripts;
}

/** The rules' numbers, from where they stand, so that the scripts cannot have others. */
function constants(sharded: boolean): string {
  const numbers = {
    FORGIVENESS_MS,
    ABANDONED_AFTER_MS,
    HOMEWORK_ABANDONED_AFTER_MS,
    FORGOTTEN_AFTER_MS,
    PLAYER_LIMIT,
    MAX_JUDGEMENT_AGE_MS,
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
