import type { LocationQuery, RouteLocationRaw } from "vue-router";

/** Where to go after signing in: a page of this app, or the library. Another site's address is not followed. */
export function nextPage(query: LocationQuery): string {
  const next = query["next"];
  const own = typeof next === "string" && /^\/(?![/\\])/.test(next);
  return own ? next : "/host";
}

/** The sign-in page, which leads back to `path`. */
export function signInPage(path: string): RouteLocationRaw {
  return { name: "signin", query: { next: path } };
}
