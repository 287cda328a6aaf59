import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Connection, connectForEver } from "./connection.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { Host } from "./host.ts";
import { SESSION_UPDATED, type SessionUpdated } from "./operations.ts";
import { Records } from "./records.ts";

export interface Reconnect {
  readonly clients: number;
  /** From the moment that all connections broke until each client had the session again, sorted. */
  readonly backAfterMs: readonly number[];
  /** Clients that never came back. */
  readonly missing: number;
  /** What went back before a client's eyes (I5). */
  readonly regressions: readonly string[];
  /** A version that came again though the client had it, other than as the one state at the start of a subscription. */
  readonly shownTwice: number;
}

interface Watcher {
  readonly connection: Connection;
  /** Each version that it was sent, and when. */
  readonly seen: { readonly version: number; readonly at: number }[];
}

const TIMEOUT_MS = 60_000;
const ARRIVALS_PER_STEP = 50;

/** So many clients watch one session over the balancer, all lose their connection at once, and come back. */
export async function measureReconnect(deployment: Deployment, clients: number): Promise<Reconnect> {
  const records = new Records();
  const over = new AbortController();
  const host = await Host.signUp(
    deployment.balancer.url,
    { records, signal: over.signal },
    `reconnect${clients}`,
  );
  const session = await host.open("HOST_PACED", false, over.signal);
  if (!session) throw new Error("There is no session");
  const watchers = Array.from({ length: clients }, (_, number) => {
    const connection = connectForEver(deployment.balancer.url, null, records);
    return watch(connection, session.code, records.follow(`client ${number}`));
  });
  for (let from = 0; from < clients; from += ARRIVALS_PER_STEP) {
    const arriving = watchers.slice(from, from + ARRIVALS_PER_STEP);
    for (const watcher of arriving) watcher.begin();
    await until(() => arriving.every(({ seen }) => seen.length > 0));
  }

  const before = watchers.map(({ seen }) => seen.length);
  const dropped = performance.now();
  deployment.balancer.drop();
  await until(() => watchers.every(({ seen }, index) => seen.length > (before[index] ?? 0)));
  const backAfterMs = watchers
    .flatMap(({ seen }, index) => seen.slice(before[index] ?? 0, (before[index] ?? 0) + 1))
    .map(({ at }) => at - dropped)
    .sort((a, b) => a - b);

  // A change after it reaches everyone, once.
  const again = watchers.map(({ seen }) => seen.length);
  await host.start(session);
  await until(() => watchers.every(({ seen }, index) => seen.length > (again[index] ?? 0)));
  await sleep(500);
  const shownTwice = watchers.filter(({ seen }, index) => {
    const versions = seen.slice(again[index]).map(({ version }) => version);
    return new Set(versions).size !== versions.length;
  }).length;

  over.abort();
  await Promise.all(watchers.map(({ connection }) => connection.client.dispose()));
  return {
    clients,
    backAfterMs,
    missing: clients - backAfterMs.length,
    regressions: records.regressions,
    shownTwice,
  };
}

function watch(
  connection: Connection,
  code: string,
  saw: (version: number) => void,
): Watcher & { begin(): void } {
  const seen: { readonly version: number; readonly at: number }[] = [];
  return {
    connection,
    seen,
    begin() {
      connection.client.subscribe<SessionUpdated>(
        { query: SESSION_UPDATED, variables: { code } },
        {
          next({ data }) {
            if (!data) return;
            const { version } = data.sessionUpdated;
            saw(version);
            seen.push({ version, at: performance.now() });
          },
          error: () => {},
          complete: () => {},
        },
      );
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!holds() && performance.now() < deadline) await sleep(20);
}

/** The value under which this share of the sorted values lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function describeReconnect({ clients, backAfterMs, missing }: Reconnect): string {
  const at = (share: number) => `${Math.round(quantile(backAfterMs, share))} ms`;
  return `${clients} dropped at once: half were back within ${at(0.5)}, 95 % within ${at(0.95)}, all within ${at(1)}; ${missing} missing`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const deployment = await deploy({ servers: 2, workers: 1, serverWrites: false });
  const measured = await measureReconnect(deployment, Number(process.argv[2] ?? 1000));
  await deployment.stop();
  process.stdout.write(`${describeReconnect(measured)}\n`);
  process.exit(measured.missing === 0 ? 0 : 1);
}
