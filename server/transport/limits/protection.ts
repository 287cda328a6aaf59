import { createPersistedOperations, type PersistedOperations } from "../persistedOperations.ts";
import { type AddressOf, createAddressOf } from "./addresses.ts";
import { type FailureBudgets, failureBudgets } from "./failureBudget.ts";
import { createLimits, type Limits, NO_LIMITS } from "./limits.ts";
import { createSocketCounts, type SocketCounts } from "./socketCounts.ts";

/** How the transport keeps the server from callers, and callers from each other. */
export interface Protection {
  readonly rateLimits: boolean;
  readonly limits: Limits;
  readonly addressOf: AddressOf;
  /** WebSockets and event streams together, by address. */
  readonly connections: SocketCounts;
  /** Origins of other sites whose pages may call; null: any, with a bearer token. */
  readonly allowedOrigins: readonly string[] | null;
  readonly introspection: boolean;
  readonly playground: boolean;
  /** Operations that may be named by an id instead of being sent. */
  readonly persisted: PersistedOperations;
  /** How long a WebSocket may stay without saying who it is, in milliseconds. */
  readonly connectionInitMs: number;
}

export interface ProtectionOptions
  extends Partial<Omit<Protection, "limits" | "addressOf" | "persisted" | "connections">> {
  readonly maxSocketsPerAddress?: number;
  readonly persistedOnly?: boolean;
  /** See PersistedOptions. */
  readonly persistedTexts?: ReadonlyMap<string, string>;
  readonly reloadPersisted?: () => Promise<ReadonlyMap<string, string>>;
  readonly trustedProxies?: readonly string[];
  readonly onUntrustedProxy?: (proxy: string) => void;
  /** Where wrong codes and passwords are counted; without, in this process. */
  readonly budgets?: FailureBudgets;
}

/** With what is not said otherwise as in the configuration's defaults. */
export function createProtection({
  rateLimits = true,
  maxSocketsPerAddress = 5_000,
  trustedProxies = [],
  onUntrustedProxy,
  budgets = failureBudgets(),
  persistedOnly = false,
  persistedTexts = new Map(),
  reloadPersisted = async () => persistedTexts,
  ...rest
}: ProtectionOptions = {}): Protection {
  return {
    rateLimits,
    limits: rateLimits ? createLimits(budgets) : NO_LIMITS,
    addressOf: createAddressOf({ trustedProxies, ...(onUntrustedProxy && { onUntrustedProxy }) }),
    connections: createSocketCounts(maxSocketsPerAddress),
    allowedOrigins: null,
    introspection: true,
    playground: true,
    persisted: createPersistedOperations({
      texts: persistedTexts,
      reload: reloadPersisted,
      only: persistedOnly,
    }),
    // Long enough for a phone on a poor network, short enough for those that only hold a socket open.
    connectionInitMs: 10_000,
    ...rest,
  };
}
