import { setTimeout as sleep } from "node:timers/promises";
import type { SessionId } from "../../../../core/ids.ts";

export interface VersionWatchParts {
  /** The versions of those sessions that are there. Must not reject. */
  readonly read: (ids: readonly SessionId[]) => Promise<ReadonlyMap<SessionId, number>>;
  /** A session has come to a version of which nothing was heard. */
  readonly onMissed: (id: SessionId, version: number) => void;
}

/** Between looks at all sessions, in milliseconds: with the rest, at most two seconds until a loss is noticed. */
const EVERY_MS = 1500;
/** What was announced may still be on its way, on another connection than the one that was asked. */
const ON_ITS_WAY_MS = 250;
/** Subscriptions that are confirmed within this time are looked at together. */
const GATHER_MS = 20;

/**
 * Compares what was heard of the watched sessions with what the store says, now and then and when asked to. Pub/sub
 * forgets what it could not deliver, so hearing nothing does not mean that nothing happened.
 */
export class VersionWatch {
  readonly #parts: VersionWatchParts;
  /** The newest version heard of each; null: nothing yet. */
  readonly #heard = new Map<SessionId, number | null>();
  readonly #soon = new Set<SessionId>();
  readonly #stopped = new AbortController();
  #gathering: NodeJS.Timeout | undefined;

  constructor(parts: VersionWatchParts) {
    this.#parts = parts;
    void this.#lookAround();
  }

  add(id: SessionId): void {
    this.#heard.set(id, null);
  }

  remove(id: SessionId): void {
    this.#heard.delete(id);
    this.#soon.delete(id);
  }

  /** Puts down that a version was announced, and gives the newest one that was before, null where this is the first. */
  hear(id: SessionId, version: number): number | null {
    const before = this.#heard.get(id) ?? null;
    if (this.#heard.has(id) && (before === null || version > before)) this.#heard.set(id, version);
    return before;
  }

  /** Looks at a session soon: something may have been missed. */
  lookAt(id: SessionId): void {
    if (!this.#heard.has(id)) return;
    this.#soon.add(id);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const ids = [...this.#soon];
      this.#soon.clear();
      void this.#look(ids);
    }, GATHER_MS).unref();
  }

  stop(): void {
    this.#stopped.abort();
    clearTimeout(this.#gathering);
    this.#heard.clear();
  }

  async #lookAround(): Promise<void> {
    while (await this.#waited(EVERY_MS * (0.9 + 0.2 * Math.random())))
      await this.#look([...this.#heard.keys()]);
  }

  async #look(ids: readonly SessionId[]): Promise<void> {
    if (ids.length === 0) return;
    const versions = await this.#parts.read(ids);
    const ahead = [...versions].filter(([id, version]) => this.#isAhead(id, version));
    if (ahead.length === 0 || !(await this.#waited(ON_ITS_WAY_MS))) return;
    for (const [id, version] of ahead) {
      if (!this.#isAhead(id, version)) continue;
      this.#heard.set(id, version);
      this.#parts.onMissed(id, version);
    }
  }

  #isAhead(id: SessionId, version: number): boolean {
    const heard = this.#heard.get(id);
    return heard !== undefined && (heard === null || version > heard);
  }

  /** Waits without keeping the process alive; false once stopped. */
  async #waited(ms: number): Promise<boolean> {
    try {
      await sleep(ms, undefined, { signal: this.#stopped.signal, ref: false });
      return true;
    } catch {
      return false;
    }
  }
}
