export type MaybePromise<Value> = Value | Promise<Value>;

/** Resolvers may return any promise, not only the language's own. */
export function isPromise(value: unknown): value is Promise<unknown> {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Promise || typeof (value as PromiseLike<unknown>).then === "function";
}

/** Goes on at once where the value is there. */
export function after<Value, Result>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> {
  return isPromise(value) ? (value as Promise<Value>).then(next) : next(value);
}
