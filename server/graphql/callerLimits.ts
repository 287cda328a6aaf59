/** What the transport holds a caller to where only a resolver knows what is asked: by the address they come from. */
export interface CallerLimits {
  /**
   * Looks a session up by a code that the caller gave. Whoever tries codes that lead nowhere is slowed down, then refused.
   * @throws RateLimitedError
   */
  byCode<Found>(code: string, lookup: () => Promise<Found | null>): Promise<Found | null>;
  /**
   * Whether this operation may be answered with what others follow already, without a look whether its code is right: not
   * for those who have tried too many, unless they know it.
   */
  mayShare(operation: { readonly query?: string | null; readonly variables?: unknown }): boolean;
  /**
   * Signs in with this email address; `isWrong` says whether what `attempt` rejects with is a wrong password.
   * @throws RateLimitedError
   */
  signIn<Result>(
    email: string,
    attempt: () => Promise<Result>,
    isWrong: (error: unknown) => boolean,
  ): Promise<Result>;
  /** @throws RateLimitedError */
  signUp<Result>(attempt: () => Promise<Result>): Promise<Result>;
}

/** For operations that no caller sent, and where limits are switched off. */
export const UNLIMITED: CallerLimits = {
  byCode: (_code, lookup) => lookup(),
  mayShare: () => true,
  signIn: (_email, attempt) => attempt(),
  signUp: (attempt) => attempt(),
};
