/** What is logged of an error. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly cause?: LoggedError;
}

const DEPTH = 3;

/**
 * An error as it may be logged: its kind, message, code and way, and nothing else that hangs on it. PostgreSQL's errors
 * carry the row that was refused, HTTP's the headers of the request: nicknames, e-mail addresses and tokens.
 */
export function loggedError(error: unknown, depth = DEPTH): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" };
  const message = saidBy(error);
  return {
    type: error.name,
    message,
    ...(error.stack !== undefined && { stack: wayOf(error, message) }),
    ...("code" in error && typeof error.code === "string" && { code: error.code }),
    ...(depth > 0 && error.cause !== undefined && { cause: loggedError(error.cause, depth - 1) }),
  };
}

/** Prisma's messages begin with the call, its values included; the last line says what was wrong with it. */
function saidBy(error: Error): string {
  const said = error.name.startsWith("Prisma")
    ? (error.message.trim().split("\n").at(-1) ?? "")
    : error.message;
  return withoutSecrets(said);
}

function wayOf(error: Error, message: string): string {
  const steps = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [`${error.name}: ${message}`, ...steps].join("\n");
}

/** Passwords in addresses, and bearer tokens. */
function withoutSecrets(text: string): string {
  return text
    .replace(/(\w+:\/\/[^\s:/@]*):[^\s@]+@/g, "$1:…@")
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "…")
    .replace(/\bBearer\s+\S+/gi, "Bearer …")
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, "…@…");
}
