import type { ServerResponse } from "node:http";

/** A part outside of this process. */
export interface Part {
  /** Whether it can be reached. */
  readonly check: () => Promise<boolean>;
  /** Without it, requests should go elsewhere; without one that is not required, games go on here. */
  readonly required: boolean;
}

/** The parts that a server works with, by name. */
export type Parts = Readonly<Record<string, Part>>;

export interface HealthReport {
  /** "degraded": a part is down that games do not need. */
  readonly status: "ready" | "degraded" | "unavailable";
  readonly parts: Readonly<Record<string, "up" | "down">>;
}

export interface Health {
  /** What was found a moment ago, or is found now. Never rejects, and never waits longer than a check may. */
  read(): Promise<HealthReport>;
}

export interface HealthOptions {
  /** A part that has not said so by then is down. */
  readonly timeoutMs?: number;
  /** For so long, what was found counts: however many ask, each part is checked once in it. */
  readonly keptMs?: number;
  /** Told of each check: null where the part is up. */
  readonly onChecked?: (part: string, error: Error | null) => void;
}

export function createHealth(parts: Parts, options: HealthOptions = {}): Health {
  const { timeoutMs = 2_000, keptMs = 1_000, onChecked = () => {} } = options;
  let found: Promise<HealthReport> | null = null;
  return {
    read() {
      found ??= examine(parts, timeoutMs, onChecked).finally(() => {
        setTimeout(() => {
          found = null;
        }, keptMs).unref();
      });
      return found;
    },
  };
}

async function examine(
  parts: Parts,
  timeoutMs: number,
  onChecked: (part: string, error: Error | null) => void,
): Promise<HealthReport> {
  const checked = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => {
      const error = await troubleOf(part, timeoutMs);
      onChecked(name, error);
      return { name, required: part.required, up: error === null };
    }),
  );
  const down = checked.filter(({ up }) => !up);
  return {
    status: down.some(({ required }) => required) ? "unavailable" : down.length > 0 ? "degraded" : "ready",
    parts: Object.fromEntries(checked.map(({ name, up }) => [name, up ? "up" : "down"])),
  };
}

async function troubleOf({ check }: Part, timeoutMs: number): Promise<Error | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`No answer in ${timeoutMs} ms`)), timeoutMs);
  });
  const asked = async () => ((await check()) ? null : new Error("The check says that it is down"));
  try {
    return await Promise.race([asked(), late]);
  } catch (error) {
    return error instanceof Error ? error : new Error("The check failed");
  } finally {
    clearTimeout(timer);
  }
}

/** The process answers, which is all that this says. */
export function sendLiveness(response: ServerResponse): void {
  sendJson(response, 200, { status: "ok" });
}

/** Whether requests should come here, and which parts are down. */
export async function sendReadiness(
  response: ServerResponse,
  health: Health,
  stopping: boolean,
): Promise<void> {
  const { status, parts } = await health.read();
  const accepts = !stopping && status !== "unavailable";
  sendJson(response, accepts ? 200 : 503, { status: stopping ? "stopping" : status, parts });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(body));
}
