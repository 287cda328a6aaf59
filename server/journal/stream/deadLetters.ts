import type { ClientBase } from "pg";
import type { StreamEntry } from "./shardStream.ts";

const INSERT = `INSERT INTO dead_letter (stream, entry_id, session_id, version, entry, error)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[])
  ON CONFLICT (stream, entry_id) DO NOTHING`;

export interface DeadLetter {
  readonly entry: StreamEntry;
  readonly error: unknown;
}

/** Keeps entries that cannot be stored, each once. */
export async function insertDeadLetters(client: ClientBase, letters: readonly DeadLetter[]): Promise<void> {
  const named = letters.map(({ entry }) => namesOf(entry.text));
  await client.query(INSERT, [
    letters.map(({ entry }) => entry.stream),
    letters.map(({ entry }) => entry.id),
    named.map(({ sessionId }) => sessionId),
    named.map(({ version }) => version),
    letters.map(({ entry }) => storable(entry.text ?? "")),
    letters.map(({ error }) => storable(error instanceof Error ? error.message : String(error))),
  ]);
}

/** PostgreSQL's text holds every character but one. */
const storable = (text: string) => text.replaceAll("\u0000", "\ufffd");

/** What can be read of an entry that may be anything. */
export function namesOf(text: string | null): {
  readonly sessionId: string | null;
  readonly version: number | null;
  readonly kind: string | null;
} {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    value = null;
  }
  const field = (name: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  const sessionId = field("sessionId");
  const version = field("version");
  const kind = field("kind");
  const short = (text: unknown) => (typeof text === "string" ? storable(text).slice(0, 100) : null);
  return {
    sessionId: short(sessionId),
    kind: short(kind),
    version:
      typeof version === "number" && Number.isInteger(version) && Math.abs(version) < 2 ** 31
        ? version
        : null,
  };
}
