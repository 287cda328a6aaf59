import type { ServerResponse } from "node:http";

const policy = (directives: Readonly<Record<string, string>>) =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");

const APP = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  // Attributes that parts set for positions and progress; no style sheet can come in this way.
  "style-src-attr": "'unsafe-inline'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "media-src": "'self'",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'self'",
  "frame-ancestors": "'none'",
};

// Its editor makes style sheets as it goes.
const PLAYGROUND = { ...APP, "style-src": "'self' 'unsafe-inline'", "font-src": "'self' data:" };

const POLICIES = { app: policy(APP), playground: policy(PLAYGROUND) };

/** What every answer carries, whatever it is. Addresses hold join codes: other sites are not told them. */
export function setSecurityHeaders(response: ServerResponse, page: keyof typeof POLICIES): void {
  response.setHeader("Content-Security-Policy", POLICIES[page]);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "same-origin");
}
