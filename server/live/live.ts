import type { Pool } from "pg";
import type { Clock } from "../core/clock.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import type { Observability } from "../observability/observability.ts";
import type { Admission, ContentLoader, SessionEvents } from "../session/index.ts";
import type { LiveStore } from "../session/store/liveStore.ts";

/** What the live side of the server stands on. */
export interface LiveParts {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly loadContent: ContentLoader;
  readonly clock: Clock;
  readonly observability: Observability;
}

/** Running sessions, wherever they live: in this process, or in a Redis that many servers share. */
export interface Live {
  readonly store: LiveStore;
  readonly events: SessionEvents;
  readonly admission: Admission;
  /** Ends what runs by itself, and resolves when everything that this server answers for is in safe keeping. */
  stop(): Promise<void>;
}

/** One of the ways to run. Rejects where what it needs is not there. */
export type StartLive = (parts: LiveParts) => Promise<Live>;
