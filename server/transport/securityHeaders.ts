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

/** Nothing here uses them; a script that got in should not either. */
const UNUSED = [
  "camera",
  "microphone",
  "geolocation",
  "payment",
  "usb",
  "serial",
  "bluetooth",
  "browsing-topics",
];
const PERMISSIONS = UNUSED.map((feature) => `${feature}=()`).join(", ");

/** A year, as browsers want it. */
const HTTPS_ONLY = "max-age=31536000";

/**
 * What every answer carries, whatever it is. Addresses hold join codes: other sites are not told them. `overHttps`:
 * browsers reach the server by https, and are told to stay with it.
 */
export function setSecurityHeaders(
  response: ServerResponse,
  page: keyof typeof POLICIES,
  overHttps: boolean,
): void {
  response.setHeader("Content-Security-Policy", POLICIES[page]);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Permissions-Policy", PERMISSIONS);
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  // Of what is asked for without CORS: nobody puts our pages or pictures into theirs. Calls of the API ask with CORS.
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  if (overHttps) response.setHeader("Strict-Transport-Security", HTTPS_ONLY);
}
