/** How a server is spoken to. */
export type Wire = "graphql-ws" | "ws" | "http";

/** What the process of the players is told first. */
export interface ConnectOrder {
  readonly wire: Wire;
  readonly port: number;
  /** A token for each player. */
  readonly tokens: readonly string[];
}

/** Each player answers, in their order, and so many at a time. */
export interface AnswerOrder {
  /** A message for each player. */
  readonly messages: readonly string[];
  readonly atOnce: number;
}

export interface Answered {
  readonly acknowledged: number;
  /** The sum of the points that the acknowledgements tell. */
  readonly points: number;
  /** Some of those that were none. */
  readonly complaints: readonly string[];
  readonly medianMs: number;
  readonly p95Ms: number;
}
