import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request may use the browser's cookie: it comes from one of our own pages, or from a program. Pages name
 * their origin on every POST and every WebSocket; a program has none. Behind a proxy that changes `Host`, PUBLIC_URL
 * tells where our pages are.
 */
export function isOwnOrigin(
  headers: Pick<IncomingHttpHeaders, "origin" | "host"> & { "sec-fetch-site"?: string | undefined },
  publicUrl: string,
): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return ["same-origin", "none", undefined].includes(headers["sec-fetch-site"]);
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host || from.origin === new URL(publicUrl).origin;
}
