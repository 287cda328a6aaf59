/** What the answers to a question come to. Shares are in 840ths. */
export interface QuestionRollup {
  readonly asked: number;
  readonly answered: number;
  readonly correct: number;
  readonly shares: bigint;
  readonly squares: bigint;
  /** Of share and the attempt's total. */
  readonly products: bigint;
  /** Milliseconds, not rounded; null without answers. */
  readonly times: Quantiles | null;
  readonly choices: ReadonlyMap<string, ChoiceRollup>;
}

export interface Quantiles {
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
}

export interface ChoiceRollup {
  readonly answers: number;
  /** Of the upper and the lower group; 0 where there are no such groups. */
  readonly upper: number;
  readonly lower: number;
}

/** What attempts come to: everything that their statistics are made of. */
export interface Rollup {
  /** How many attempts have a total, in 840ths, in its order. */
  readonly totals: readonly { readonly total: number; readonly attempts: number }[];
  /** Sum of their scores. */
  readonly scores: bigint;
  /** How many attempts have a score from `from` on, under the next step. */
  readonly scoreSteps: readonly { readonly from: number; readonly attempts: number }[];
  /** Sizes of the upper and lower group of 27 %; null where no total divides them. */
  readonly groups: { readonly upper: number; readonly lower: number } | null;
  readonly questions: ReadonlyMap<string, QuestionRollup>;
}
