/** What undo and redo walk through. States are immutable, so equal references mean equal contents. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** The edit that the present came from, while more of the same may still join it. */
  readonly last: { readonly tag: string; readonly at: number } | null;
}

/** Typing in one field is one step as long as its pauses are shorter than this. */
const PAUSE_MS = 1000;
const MAX_STEPS = 200;

export function newHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], last: null };
}

/**
 * The history after an edit. Edits with the same tag (a field's name) that follow each other closely become one step;
 * an edit without a tag is always a step of its own. `now` is in milliseconds.
 */
export function record<T>(history: History<T>, next: T, now: number, tag?: string): History<T> {
  if (next === history.present) return history;
  const last = tag === undefined ? null : { tag, at: now };
  const joins = history.last !== null && history.last.tag === tag && now - history.last.at < PAUSE_MS;
  if (joins) return { ...history, present: next, future: [], last };
  return { past: [...history.past, history.present].slice(-MAX_STEPS), present: next, future: [], last };
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    last: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: rest, last: null };
}
