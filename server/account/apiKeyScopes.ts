/** What a key may be allowed to do. A person who is signed in may do all of it, and more. */
export const API_KEY_SCOPES = ["READ_HISTORY", "MANAGE_QUIZZES", "RUN_SESSIONS"] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** The kind of permission under which better-auth keeps our scopes, in its column of JSON. */
const KIND = "scope";

/** For better-auth; nothing for a key of all scopes, which also gets those that are added some day. */
export function permissionsOf(scopes: readonly ApiKeyScope[]): {
  readonly permissions?: Record<string, string[]>;
} {
  return scopes.length === API_KEY_SCOPES.length ? {} : { permissions: { [KIND]: [...scopes] } };
}

/** The scopes of a stored key. What cannot be read allows nothing. */
export function scopesOf(permissions: string | null): readonly ApiKeyScope[] {
  if (permissions === null) return API_KEY_SCOPES;
  let stored: unknown;
  try {
    stored = JSON.parse(permissions);
  } catch {
    return [];
  }
  if (typeof stored !== "object" || stored === null) return [];
  const named: unknown = Reflect.get(stored, KIND);
  return Array.isArray(named) ? API_KEY_SCOPES.filter((scope) => named.includes(scope)) : [];
}
