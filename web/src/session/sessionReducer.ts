/** Anything that the server numbers: a session, its leaderboard. */
export interface Versioned {
  version: number;
}

/**
 * The newer of two states. Pushes may arrive twice or, over a new connection, late: what is not newer than the state on
 * screen is dropped, so that nothing ever goes back (I5).
 */
export function newest<State extends Versioned>(state: State | undefined, event: State): State {
  return state === undefined || event.version > state.version ? event : state;
}

export interface SessionEvent extends Versioned {
  id: string;
}

/**
 * Folds the session's pushes. Codes are used again after a session has ended: an event of another session than the one
 * on screen starts afresh, unless the screen is bound to one session by `onlyId`.
 */
export function sessionReducer<State extends SessionEvent>(
  state: State | undefined,
  event: State,
  onlyId?: string,
): State | undefined {
  if (onlyId !== undefined && event.id !== onlyId) return state;
  return state !== undefined && state.id !== event.id ? event : newest(state, event);
}

export interface Progress {
  id: string;
  score: number;
  answeredCount: number;
  status: string;
}

/**
 * Folds what is told about the own attempt by pushes and by acknowledgements, which overtake each other. It carries no
 * version, but its score and its count of answers only ever grow, and ACTIVE never comes back.
 */
export function attemptReducer<State extends Progress>(state: State | undefined, event: State): State {
  if (state === undefined || state.id !== event.id) return event;
  const older =
    event.answeredCount < state.answeredCount ||
    event.score < state.score ||
    (state.status !== "ACTIVE" && event.status === "ACTIVE");
  return older ? state : event;
}
