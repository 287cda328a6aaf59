const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]", "0.0.0.0"]);

/**
 * The address that players' phones reach. A page opened at "localhost" only works on this machine, so there the
 * server's own idea of its address counts; elsewhere the address that has brought the host here works for players too.
 */
export function joinOrigin(location: { hostname: string; origin: string }, publicUrl: string | null): string {
  return LOOPBACK.has(location.hostname) && publicUrl ? publicUrl : location.origin;
}

/** What the QR code says: the page that joins this session. */
export function joinLink(origin: string, code: string): string {
  return `${origin}/join/${code}`;
}

/** An address as people type it: no scheme, no "www.", no slash at the end. */
export function shownAddress(origin: string): string {
  return origin.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
}

/** A code in two groups of three, easier to read aloud and to type. */
export function spacedCode(code: string): string {
  return code.replace(/^(\d{3})(\d{3})$/, "$1\u2009$2");
}
