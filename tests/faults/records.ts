// What clients saw, written down as it came. The checker holds it against what PostgreSQL has in the end.

/** An answer that a server has acknowledged: each acknowledgement, those of retries too. Ids are plain UUIDs. */
export interface Acknowledged {
  readonly attemptId: string;
  readonly questionId: string;
  readonly points: number | null;
  readonly correct: boolean | null;
  readonly elapsedMs: number;
}

/** An answer that a server said no to. */
export interface Refused {
  readonly attemptId: string;
  readonly questionId: string;
  /** `__typename` of the refusal. */
  readonly kind: string;
}

/** Until when a question was open, as a client was told. `attemptId`: null where it is the same for all of them. */
export interface SeenClosing {
  readonly sessionId: string;
  readonly attemptId: string | null;
  readonly questionId: string;
  readonly closesAt: number;
}

export class Records {
  readonly acknowledged: Acknowledged[] = [];
  readonly refused: Refused[] = [];
  /** Each time that something a client follows went back (I5). */
  readonly regressions: string[] = [];
  /** What no client should meet: refusals and errors that fit nothing. */
  readonly unexpected: string[] = [];
  /** Connections that were established, the first ones too. */
  connections = 0;
  /** Operations that were answered with UNAVAILABLE or INTERNAL_SERVER_ERROR and sent again, by code and field. */
  readonly retried = new Map<string, number>();
  /** Ends of connections that graphql-ws takes for final, by close code: other clients would be gone. */
  readonly closedForGood = new Map<string, number>();
  /** Operations that got no reply for so long that the client gave up its connection. */
  silences = 0;
  readonly #closings = new Map<string, SeenClosing>();

  retry(code: string, query: string): void {
    const [, field = ""] = /\{\s*(?:\w+:\s*)?(\w+)/.exec(query) ?? [];
    const key = `${code} of ${field}`;
    this.retried.set(key, (this.retried.get(key) ?? 0) + 1);
  }

  closed(code: string): void {
    this.closedForGood.set(code, (this.closedForGood.get(code) ?? 0) + 1);
  }

  /** How many operations failed so far, to succeed later. */
  get failures(): number {
    return [...this.retried.values()].reduce((sum, count) => sum + count, 0);
  }

  sawClosing(seen: SeenClosing): void {
    const key = `${seen.sessionId} ${seen.attemptId} ${seen.questionId}`;
    const known = this.#closings.get(key);
    if (!known || known.closesAt < seen.closesAt) this.#closings.set(key, seen);
  }

  get closings(): readonly SeenClosing[] {
    return [...this.#closings.values()];
  }

  /** A function that is told each version that a client sees of one thing, and notices those that go back. */
  follow(who: string): (version: number) => void {
    let newest = Number.NEGATIVE_INFINITY;
    return (version) => {
      if (version < newest) this.regressions.push(`${who}: ${newest}, then ${version}`);
      newest = Math.max(newest, version);
    };
  }
}

/** The UUID in a global id. */
export function plainId(globalId: string): string {
  const text = Buffer.from(globalId, "base64").toString();
  return text.slice(text.indexOf(":") + 1);
}
