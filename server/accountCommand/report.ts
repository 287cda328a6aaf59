import type { Erased, HostedSessions } from "../personalData/index.ts";

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const attempts = (count: number) => counted(count, "attempt", "attempts");
const quizzes = (count: number) => counted(count, "quiz", "quizzes");
const sessions = (count: number) => counted(count, "session", "sessions");

interface Plan {
  readonly attempts: number;
  readonly quizzes: number;
  readonly sessions: number;
  readonly hosted: HostedSessions;
}

/** What an erasure would do. */
export function describePlan(plan: Plan): string {
  const fate =
    plan.hosted === "KEEP" ? "would stay, hosted by nobody" : "would be deleted, with everyone's answers";
  return [
    "Nothing was erased. With --yes, the account with its sign-ins, password and keys would be gone for good.",
    `${attempts(plan.attempts)} would stay as nobody's; ${sessions(plan.sessions)} hosted ${fate}; of ${quizzes(plan.quizzes)}, private ones that were never played would be deleted, the others kept out of sight.`,
  ].join("\n");
}

export function describeErased(erased: Erased): string {
  return [
    "The account is erased.",
    `${attempts(erased.attempts)} made nobody's`,
    `${quizzes(erased.quizzesDeleted)} deleted, ${quizzes(erased.quizzesKept)} kept out of sight for the history of sessions`,
    `${sessions(erased.sessionsDeleted)} deleted, ${sessions(erased.sessionsKept)} kept, hosted by nobody`,
  ].join("\n  ");
}
