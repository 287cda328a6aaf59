/** The player's place in a game, kept on this device so that a reload or a closed tab comes back to it. */
export interface Seat {
  token: string;
  nickname: string;
  /** When it was taken, in milliseconds since 1970. */
  takenAt: number;
}

const prefix = "seat:";
const offeredForMs = 6 * 3_600_000;
/** Where storage is forbidden, the seat lasts as long as the page. */
const memory = new Map<string, string>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Memory has it.
  }
  if (value === undefined) memory.delete(key);
  else memory.set(key, value);
}

function parse<Value>(text: string | null): Value | undefined {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

export function seatOf(code: string): Seat | undefined {
  return parse<Seat>(read(prefix + code));
}

export function takeSeat(code: string, token: string, nickname: string): void {
  write(prefix + code, JSON.stringify({ token, nickname, takenAt: Date.now() } satisfies Seat));
  write("last-code", code);
}

export function giveUpSeat(code: string): void {
  write(prefix + code, undefined);
  write(`pending:${code}`, undefined);
  if (read("last-code") === code) write("last-code", undefined);
}

/** The game that this device played last, for a way back after the tab was closed. */
export function lastSeat(): { code: string; nickname: string } | undefined {
  const code = read("last-code");
  const seat = code === null ? undefined : seatOf(code);
  if (code === null || seat === undefined || Date.now() - seat.takenAt > offeredForMs) return undefined;
  return { code, nickname: seat.nickname };
}

/** An answer that was given, but not yet acknowledged: sent again after a reload. */
export function keepPending<Value>(code: string, pending: Value | undefined): void {
  write(`pending:${code}`, pending === undefined ? undefined : JSON.stringify(pending));
}

export function pendingOf<Value>(code: string): Value | undefined {
  return parse<Value>(read(`pending:${code}`));
}
