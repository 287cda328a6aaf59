import { type ParseArgsConfig, parseArgs } from "node:util";
import { StartError } from "../../server/core/startError.ts";

export interface BenchOptions {
  /** More rounds, and whatever else takes its time. */
  readonly full: boolean;
  /** Where the result is written; nowhere without. */
  readonly json: string | undefined;
  /** Whether what is built may be used as it is, without looking whether it is out of date. */
  readonly built: boolean;
  /** Where CPU profiles of the measured programs are written; none without. */
  readonly profile: string | undefined;
  /** What was run, for the result. */
  readonly command: string;
  /** The bench's own options, by name. */
  readonly own: Readonly<Record<string, string | boolean | undefined>>;
}

type Own = NonNullable<ParseArgsConfig["options"]>;

/** Options of `npm run bench <bench> -- …`: those that all benches have, and the bench's own. Throws a StartError. */
export function readOptions(bench: string, args: readonly string[], own: Own = {}): BenchOptions {
  const common = {
    full: { type: "boolean", default: false },
    json: { type: "string" },
    built: { type: "boolean", default: false },
    profile: { type: "string" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { ...own, ...common } });
    const { full, json, built, profile, ...rest } = values;
    const told = args.filter((arg, index) => arg !== "--json" && args[index - 1] !== "--json");
    return {
      full: full === true,
      json: textOf(json),
      built: built === true,
      profile: textOf(profile),
      command: `npm run bench ${bench}${told.length > 0 ? ` -- ${told.join(" ")}` : ""}`,
      own: rest as BenchOptions["own"],
    };
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** A list of whole numbers above 0, such as "1000,5000". Throws a StartError. */
export function readNumbers(name: string, text: string): number[] {
  const numbers = text.split(",").map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number > 0)) return numbers;
  throw new StartError(`--${name} must be whole numbers above 0, with commas between them.`);
}
