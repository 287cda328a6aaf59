import type { SessionEvent } from "../../sessionEvent.ts";

const KINDS: ReadonlySet<unknown> = new Set<SessionEvent["kind"]>(["state", "standings", "attempt"]);

/** The event that a message on a session's channel tells; null for anything else. Never throws. */
export function parseEvent(text: string): SessionEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return isEvent(value) ? value : null;
  } catch {
    return null;
  }
}

function isEvent(value: unknown): value is SessionEvent {
  if (typeof value !== "object" || value === null) return false;
  const { sessionId, version, kind, attemptId } = value as Partial<Record<keyof SessionEvent, unknown>>;
  return (
    typeof sessionId === "string" &&
    Number.isSafeInteger(version) &&
    KINDS.has(kind) &&
    (attemptId === null || typeof attemptId === "string")
  );
}
