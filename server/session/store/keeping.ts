const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a session that nobody finishes lasts after its last change. Homework may lie for weeks. */
export const ABANDONED_AFTER_MS = DAY_MS;
export const HOMEWORK_ABANDONED_AFTER_MS = 30 * DAY_MS;
/** How long a finished session stays at hand; after that it is read from the history. */
export const FORGOTTEN_AFTER_MS = HOUR_MS;

/** Players of one session, the removed ones aside. */
export const PLAYER_LIMIT = 10_000;
