import type { IncomingHttpHeaders } from "node:http";

type OriginHeaders = Pick<IncomingHttpHeaders, "origin" | "host"> & { "sec-fetch-site"?: string | undefined };

/**
 * Whether a request may use the browser's cookie: it comes from one of our own pages, or from a program. Pages name
 * their origin on every POST and every WebSocket; a program has none. Behind a proxy that changes `Host`, PUBLIC_URL
 * tells where our pages are.
 */
export function isOwnOrigin(headers: OriginHeaders, publicUrl: string): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return ["same-origin", "none", undefined].includes(headers["sec-fetch-site"]);
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host || from.origin === new URL(publicUrl).origin;
}

/**
 * Whether a page of this origin may call at all: our own, and where there is a list of others, those; without a list any
 * may, with a bearer token. A program names no origin.
 */
export function mayCall(
  headers: OriginHeaders,
  publicUrl: string,
  allowed: readonly string[] | null,
): boolean {
  const { origin } = headers;
  return (
    allowed === null || origin === undefined || allowed.includes(origin) || isOwnOrigin(headers, publicUrl)
  );
}
