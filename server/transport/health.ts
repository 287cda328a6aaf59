import type { ServerResponse } from "node:http";

/** The parts that a server cannot do its work without, by name; each tells whether it is up, and never rejects. */
export type Readiness = Readonly<Record<string, () => Promise<boolean>>>;

/** The process answers, which is all that this says. */
export function sendLiveness(response: ServerResponse): void {
  sendJson(response, 200, { status: "ok" });
}

/** Whether requests should come here, and if not, which part is down. */
export async function sendReadiness(
  response: ServerResponse,
  parts: Readiness,
  stopping: boolean,
): Promise<void> {
  const checked = await Promise.all(
    Object.entries(parts).map(async ([name, isUp]) => [name, (await isUp()) ? "up" : "down"] as const),
  );
  const ready = !stopping && checked.every(([, state]) => state === "up");
  const status = ready ? "ready" : stopping ? "stopping" : "unavailable";
  sendJson(response, ready ? 200 : 503, { status, parts: Object.fromEntries(checked) });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(body));
}
