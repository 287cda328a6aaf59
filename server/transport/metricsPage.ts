import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Registry } from "prom-client";

export interface MetricsPage {
  readonly registry: Pick<Registry, "metrics" | "contentType">;
  /** What a reader must show as a bearer; null: only programs on this machine may read. */
  readonly token: string | null;
}

/**
 * The metrics as text, for Prometheus. They tell how many play, what fails and which versions run, which is nobody's
 * business on the internet: whoever has no right to them finds nothing here. Without a token that is everybody but
 * programs that ask this machine directly. A proxy on the same machine, which asks from here too, for anybody, gives
 * itself away by the name or the headers that it passes on.
 */
export async function sendMetrics(
  page: MetricsPage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (!mayRead(page, request)) return false;
  const text = await page.registry.metrics();
  response.writeHead(200, { "Content-Type": page.registry.contentType, "Cache-Control": "no-store" });
  response.end(text);
  return true;
}

function mayRead({ token }: MetricsPage, { headers, socket }: IncomingMessage): boolean {
  if (token !== null) return isSame(headers.authorization ?? "", `Bearer ${token}`);
  const forwarded = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "via",
  ];
  if (forwarded.some((name) => headers[name] !== undefined)) return false;
  return isLoopback(socket.remoteAddress ?? "") && isLoopbackName(headers.host ?? "");
}

/** In the same time, however much of it is right. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

const isLoopback = (address: string) => /^(::ffff:)?127\.|^::1$/.test(address);
const isLoopbackName = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host);
