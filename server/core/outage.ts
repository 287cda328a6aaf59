/** Of sockets, from Node. */
const NETWORK = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** SQLSTATE: connection exceptions, too many connections, and a server that shuts down, starts, or was told to stop. */
const SQL_STATE = /^(08[0-9A-Z]{3}|53300|57P0[1-4])$/;
/** Prisma: not reachable, timed out, closed, and no connection free in time. */
const PRISMA = new Set(["P1001", "P1002", "P1008", "P1017", "P2024"]);
/** Of Prisma's driver adapters. */
const ADAPTER_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "TooManyConnections",
  "SocketTimeout",
]);
/** The PostgreSQL client gives these no code. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;
const DEEPEST = 6;

/** Whether an error says that a part outside of this process cannot be reached just now: nothing is wrong but that. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > DEEPEST) return false;
  const codes = ["code", "originalCode", "kind"].map((name) => Reflect.get(error, name));
  if (codes.some(saysSo)) return true;
  const message: unknown = Reflect.get(error, "message");
  if (typeof message === "string" && WORDS.test(message)) return true;
  return ["cause", "originalError", "meta", "driverAdapterError"].some((name) =>
    isOutage(Reflect.get(error, name), depth + 1),
  );
}

function saysSo(code: unknown): boolean {
  if (typeof code !== "string") return false;
  return NETWORK.has(code) || SQL_STATE.test(code) || PRISMA.has(code) || ADAPTER_KINDS.has(code);
}
