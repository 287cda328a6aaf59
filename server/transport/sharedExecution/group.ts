import type { ExecutionResult } from "graphql";
import type { FanOutPace } from "./fanOutPace.ts";
import type { Laggards } from "./laggards.ts";
import { Member } from "./member.ts";
import { SharedState } from "./sharedState.ts";
import { takeVersion } from "./stateVersion.ts";
import type { Subscriber } from "./subscriber.ts";

type Source = AsyncIterator<ExecutionResult, unknown, undefined>;
type MaybePromise<Value> = Value | Promise<Value>;

export interface GroupOptions {
  /** Starts the operation anew: results that begin with the current state, or the reason why there are none. */
  readonly open: () => MaybePromise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Where the state stands in a result's data. */
  readonly responseKey: string;
  readonly pace: FanOutPace;
  readonly laggards: Laggards;
  /** What of an error may be told to clients. */
  readonly maskError: (error: unknown) => unknown;
  /** The last member has left: whoever comes now needs another group. Called once, before anything else can happen. */
  readonly onEmpty: () => void;
}

/**
 * The subscribers of one operation. One source is followed for all of them, and pulled again when everyone has been
 * served: there is one execution at a time, and what changed meanwhile is one newer state.
 *
 * Whoever joins is first given a state that was read after they came, like a subscription of their own would: so
 * they find in it what they did before. Those who come while one is read for others wait for the next, together.
 */
export class Group {
  readonly #options: GroupOptions;
  /** Joined after the reading that goes on, if any, began. */
  #newcomers = new Set<Member>();
  /** Those for whom a first state is read. */
  #welcomed: ReadonlySet<Member> = new Set();
  /** Those who have their first state, and follow the source. */
  readonly #followers = new Set<Member>();
  #count = 0;
  #isWelcoming = false;
  #opening: Source | null = null;
  #source: Source | null = null;
  #newest: SharedState | null = null;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#count;
  }

  join(subscriber: Subscriber): Member {
    const member = new Member(subscriber, this.#options.laggards);
    this.#newcomers.add(member);
    this.#count += 1;
    if (!this.#isWelcoming) {
      this.#isWelcoming = true;
      // Those who come in the same turn of the event loop are served together.
      setImmediate(() => void this.#welcomeAll());
    }
    return member;
  }

  /** Takes a member out. The last one takes the source along, whatever it is doing. */
  leave(member: Member): SharedState | null {
    if (member.gone) return null;
    const unsent = member.release();
    this.#newcomers.delete(member);
    this.#followers.delete(member);
    this.#count -= 1;
    if (this.#count === 0) {
      this.#options.onEmpty();
      close(this.#source);
      close(this.#opening);
    }
    return unsent;
  }

  async #welcomeAll(): Promise<void> {
    while (this.#newcomers.size > 0) {
      this.#welcomed = this.#newcomers;
      this.#newcomers = new Set();
      await this.#welcome([...this.#welcomed]);
    }
    this.#isWelcoming = false;
  }

  /** Reads a first state for these, which nobody else is given. Never rejects. */
  async #welcome(members: readonly Member[]): Promise<void> {
    const before = this.#newest;
    let source: Source | null = null;
    try {
      const opened = await this.#options.open();
      if (!(Symbol.asyncIterator in opened)) return await this.#refuse(members, this.#stateOf(opened));
      source = opened[Symbol.asyncIterator]();
      if (this.#count === 0) return;
      this.#opening = source;
      const step = await source.next();
      if (step.done) return await this.#finish(members);
      const first = this.#stateOf(step.value);
      await this.#serve(members, (member) => {
        member.give(first);
        // The source may have brought another since; only if that is older, or they have no versions, it is in vain.
        if (this.#newest && this.#newest !== before) member.give(this.#newest);
        this.#followers.add(member);
      });
      if (this.#count > 0 && !this.#source) {
        this.#source = source;
        void this.#follow(source);
      }
    } catch (error) {
      await this.#finish(members, { error });
    } finally {
      this.#opening = null;
      if (source !== this.#source) close(source);
    }
  }

  /** Hands on what the source brings, until it ends. Never rejects. */
  async #follow(source: Source): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    try {
      for (;;) {
        const step = await source.next();
        if (step.done || this.#count === 0) break;
        const state = this.#stateOf(step.value);
        this.#newest = state;
        await this.#serve([...this.#followers], (member) => member.give(state));
      }
    } catch (error) {
      failure = { error };
      close(source);
    }
    this.#source = null;
    await this.#finish([...this.#followers], failure);
  }

  #stateOf(result: ExecutionResult): SharedState {
    return new SharedState(result, takeVersion(result, this.#options.responseKey));
  }

  async #refuse(members: readonly Member[], refusal: SharedState): Promise<void> {
    await this.#serve(members, (member) => member.give(refusal));
    await this.#finish(members);
  }

  async #finish(members: readonly Member[], failure?: { readonly error: unknown }): Promise<void> {
    const shown = failure && this.#options.maskError(failure.error);
    await this.#serve(members, (member) => {
      const unsent = this.leave(member);
      if (failure) member.subscriber.fail(unsent, shown);
      else member.subscriber.end(unsent);
    });
  }

  /** In slices, between which others have their turn; those who leave meanwhile are left out. */
  async #serve(members: readonly Member[], serve: (member: Member) => void): Promise<void> {
    for (const member of members) {
      for (let turn = this.#options.pace.next(); turn; turn = this.#options.pace.next()) await turn;
      if (!member.gone) serve(member);
    }
  }
}

/** Whatever a source says to its end, nobody waits for it any more. */
function close(source: Source | null): void {
  void (async () => source?.return?.())().catch(() => {});
}
