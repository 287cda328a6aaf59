import type { DocumentNode } from "graphql";
import type { Plugin } from "graphql-yoga";
import { RecentlyUsed } from "../core/recentlyUsed.ts";

/** Characters of the texts that are kept; with all that is made of them, they take about fifty bytes each. */
const KEPT_CHARACTERS = 1_000_000;
/** What the shortest text counts as. */
const LEAST_CHARACTERS = 100;
/** What cannot be parsed is looked at anew each time, up to where it goes wrong, so that it is counted each time. */
const NOTHING = { get: () => undefined, set: () => {} };

/** Documents by their text: each is parsed and validated once, whichever way it comes, for as long as it is in use. */
export interface Documents {
  /** Where Yoga keeps what it has parsed, and what could not be. */
  readonly caches: {
    readonly documentCache: RecentlyUsed<string, DocumentNode>;
    readonly errorCache: typeof NOTHING;
  };
  /** Notes which of them are valid, for any caller. */
  readonly plugin: Plugin;
  /** The document of a text that was found valid before; undefined for all others, which have to be looked at. */
  valid(text: string): DocumentNode | undefined;
}

export function createDocuments(): Documents {
  const documentCache = new RecentlyUsed<string, DocumentNode>(KEPT_CHARACTERS, (text) =>
    Math.max(LEAST_CHARACTERS, text.length),
  );
  const valid = new WeakSet<DocumentNode>();
  return {
    caches: { documentCache, errorCache: NOTHING },
    plugin: {
      onValidate({ params }) {
        return (outcome) => {
          if (outcome.valid) valid.add(params.documentAST);
        };
      },
    },
    valid(text) {
      const document = documentCache.get(text);
      return document && valid.has(document) ? document : undefined;
    },
  };
}
