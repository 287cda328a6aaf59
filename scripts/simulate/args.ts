import { parseArgs } from "node:util";

export interface SimulateArgs {
  readonly code: string;
  readonly players: number;
  /** How fast players think: 1 as people do, 2 twice as fast. */
  readonly speed: number;
  /** The server's address, without a slash at the end. */
  readonly url: string;
  /** Players who join each second. */
  readonly joinRate: number;
}

export const USAGE = `Joins players to a session, as people would, through the public API.

  npm run simulate -- <code> [options]

  --players N     how many players (default 30, at most 5,000)
  --speed S       how fast they think: slow, normal, fast, or a factor such as 2.5 (default normal)
  --url URL       the server (default http://localhost:4000)
  --join-rate N   how many join each second (default 20)
`;

const SPEEDS: Readonly<Record<string, number>> = { slow: 0.6, normal: 1, fast: 3 };

/** Reads the command line. Throws an Error whose message is fit to be shown. */
export function readArgs(argv: readonly string[]): SimulateArgs | "help" {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      players: { type: "string", default: "30" },
      speed: { type: "string", default: "normal" },
      url: { type: "string", default: "http://localhost:4000" },
      "join-rate": { type: "string", default: "20" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const [code, ...rest] = positionals;
  if (!code || !/^\d{6}$/.test(code)) throw new Error("Give the session's code, six digits.");
  if (rest.length > 0) throw new Error(`One code only, please: what is ${rest.join(" ")}?`);
  return {
    code,
    players: wholeNumber("--players", values.players, 1, 5000),
    speed: SPEEDS[values.speed] ?? number("--speed", values.speed, 0.05, 100),
    url: readUrl(values.url),
    joinRate: wholeNumber("--join-rate", values["join-rate"], 1, 1000),
  };
}

function number(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (value >= min && value <= max) return value;
  throw new Error(`${name} wants a number from ${min} to ${max}, not ${text}.`);
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = number(name, text, min, max);
  if (Number.isInteger(value)) return value;
  throw new Error(`${name} wants a whole number, not ${text}.`);
}

function readUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new Error(`--url wants http://…, not ${text}.`);
  return text.replace(/\/+$/, "");
}
