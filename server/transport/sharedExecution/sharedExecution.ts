import { type DocumentNode, type ExecutionResult, GraphQLError } from "graphql";
import type { WebSocket } from "ws";
import { Deliveries } from "./deliveries.ts";
import { FanOutPace } from "./fanOutPace.ts";
import { Group } from "./group.ts";
import { Laggards } from "./laggards.ts";
import { LatestStates } from "./latestStates.ts";
import type { Member } from "./member.ts";
import { keyOf, type Operation, type Plan, planOf } from "./plan.ts";
import { type Following, SocketSubscriber } from "./socketSubscriber.ts";
import type { Subscriber } from "./subscriber.ts";

export interface SharedExecutionOptions {
  /** How many sockets are written to before others have their turn. */
  readonly sendsPerTurn?: number;
  /** How often one who is behind is offered the newest state. */
  readonly retryMs?: number;
  /** For how long one may be behind before it is closed. */
  readonly patienceMs?: number;
  /** What of an error may be told to clients; without, nothing of those that are not GraphQL's own. */
  readonly maskError?: (error: unknown) => unknown;
  /** Told of those who follow over a WebSocket; whoever pulls results can count them. */
  readonly observer?: SharedExecutionObserver;
}

/** `subscription`: the schema's name of the field that is followed. */
export interface SharedExecutionObserver {
  subscribed(subscription: string): void;
  unsubscribed(subscription: string): void;
  delivered(transport: "ws", subscription: string, count: number): void;
  /** With its first result; `seconds` from when it was asked for. */
  ended(transport: "ws", kind: "subscription", outcome: "ok", seconds: number): void;
}

/**
 * Starts the subscription on behalf of nobody in particular: with a context of its own, without anyone's identity, so
 * that nothing personal is in reach, and with an id of its own for what goes wrong.
 */
export type Open = (
  document: DocumentNode,
) =>
  | AsyncIterable<ExecutionResult>
  | ExecutionResult
  | Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;

/** A subscription that everyone who sends it shares. */
export interface SharedSubscription {
  /** One document for all, so that each need not keep their own. */
  readonly document: DocumentNode;
  /** Joins with a WebSocket: what comes back is for graphql-ws to hold; results are written to the socket. */
  overSocket(socket: WebSocket, id: string): AsyncGenerator<never, void, void>;
  /** Joins by pulling: each time the newest result, serialised already where Yoga can use that. */
  results(): AsyncGenerator<ExecutionResult, void, void>;
}

export interface SharedExecution {
  /** Null where the operation has to be executed for each subscriber: it is personal, or not known not to be. */
  find(operation: Operation, open: Open): SharedSubscription | null;
  /** Operations that are being followed. */
  readonly groups: number;
  /** Those who follow them. */
  readonly members: number;
  /** Those among them who have not taken the newest state yet. */
  readonly behind: number;
}

/** About a millisecond of writing. */
const SENDS_PER_TURN = 128;
const RETRY_MS = 100;
const PATIENCE_MS = 15_000;

export function createSharedExecution(options: SharedExecutionOptions = {}): SharedExecution {
  const { maskError = nothingOf, observer } = options;
  const pace = new FanOutPace(options.sendsPerTurn ?? SENDS_PER_TURN);
  const laggards = new Laggards({
    everyMs: options.retryMs ?? RETRY_MS,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
  });
  const groups = new Map<string, { readonly group: Group; readonly shared: SharedSubscription }>();
  const deliveries = observer && new Deliveries(observer);

  function create(key: string, { document, responseKey, fieldName }: Plan, open: Open): SharedSubscription {
    function join<Kind extends Subscriber>(subscriberOf: (leave: () => void) => Kind): Kind {
      const group = groups.get(key)?.group ?? begin();
      const subscriber = subscriberOf(() => group.leave(member));
      const member: Member = group.join(subscriber);
      return subscriber;
    }

    function begin(): Group {
      const group = new Group({
        open: () => open(document),
        responseKey,
        pace,
        laggards,
        maskError,
        onEmpty: () => groups.delete(key),
      });
      groups.set(key, { group, shared });
      return group;
    }

    const shared: SharedSubscription = {
      document,
      overSocket(socket, id) {
        const following = follow(fieldName, observer, deliveries);
        return join((leave) => new SocketSubscriber(socket, id, following, leave)).results;
      },
      results: () => join((leave) => new LatestStates(leave)),
    };
    return shared;
  }

  return {
    find(operation, open) {
      const key = keyOf(operation);
      if (key === null) return null;
      const known = groups.get(key);
      if (known) return known.shared;
      const plan = planOf(operation);
      return plan && create(key, plan, open);
    },
    get groups() {
      return groups.size;
    },
    get members() {
      let count = 0;
      for (const { group } of groups.values()) count += group.size;
      return count;
    },
    get behind() {
      return laggards.size;
    },
  };
}

function follow(
  subscription: string,
  observer: SharedExecutionObserver | undefined,
  deliveries: Deliveries | undefined,
): Following {
  observer?.subscribed(subscription);
  const began = performance.now();
  let first = true;
  let gone = false;
  return {
    delivered() {
      if (first) observer?.ended("ws", "subscription", "ok", (performance.now() - began) / 1000);
      first = false;
      deliveries?.add(subscription);
    },
    left() {
      if (!gone) observer?.unsubscribed(subscription);
      gone = true;
    },
  };
}

function nothingOf(error: unknown): unknown {
  return error instanceof GraphQLError ? error : new GraphQLError("Something went wrong on our side.");
}
