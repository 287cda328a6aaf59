/** The most items of a list that the server gives at once. */
const serverLimit = 200;
/** The most players of one page: more would make the first of them wait for the last. */
const playersAtOnce = 100;

/**
 * How many players to ask for at once: about a thousand answers a page, so that a page of a long quiz stays as light
 * as one of a short quiz. Between 10 and 100.
 */
export function attemptsPerPage(questionCount: number): number {
  return Math.max(10, Math.min(playersAtOnce, Math.floor(1000 / Math.max(1, questionCount))));
}

/** How many answers to ask for of each player: all that there can be. */
export function mostAnswers(questionCount: number): number {
  return Math.max(1, Math.min(serverLimit, questionCount));
}

/**
 * How long to wait before the results of a running session are read again, in milliseconds: 4 s for a class, longer for
 * a crowd whose results take many requests, so that looking on costs the server little.
 */
export function refreshDelay(playerCount: number, questionCount: number): number {
  const pages = Math.ceil(playerCount / attemptsPerPage(questionCount));
  return 4000 * Math.max(1, Math.min(10, pages));
}
