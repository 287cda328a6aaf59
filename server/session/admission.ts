import { UnavailableError } from "../core/refusals.ts";

/** Whether there is room for another session: running ones come first, and go on to the end. */
export interface Admission {
  /** @throws UnavailableError where there is none just now */
  admit(): Promise<void>;
}

/** Where changes are kept before they are told of, nothing can pile up. */
export const ALWAYS_ADMITTED: Admission = { admit: async () => {} };

export function noRoomFor(cause: "the-history-lags" | "memory-is-short"): UnavailableError {
  switch (cause) {
    case "the-history-lags":
      return new UnavailableError(
        "No new sessions just now: results are still being saved. Running games go on; try again in a minute.",
        { cause },
      );
    case "memory-is-short":
      return new UnavailableError(
        "No new sessions just now: the server is full. Running games go on; try again in a few minutes.",
        { cause },
      );
  }
}
