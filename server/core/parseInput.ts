import type { z } from "zod";
import { ValidationError } from "./refusals.ts";

/**
 * Reads an input by its rules.
 * @throws ValidationError with every issue found, each with its path from the input down
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ValidationError(
    result.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
  );
}
