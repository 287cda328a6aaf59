import type { Pacing, SessionState } from "../../graphql/generated/graphql.ts";

/** What the host shows of a closed question: how the answers fell, then where everyone stands. */
export type ClosedView = "results" | "leaderboard";

/** What the projector shows. */
export type StageName = "lobby" | "question" | ClosedView | "running" | "finished";

/** What the one main button does now. */
export type PrimaryAction =
  | "start"
  | "close"
  | "showLeaderboard"
  | "next"
  | "showPodium"
  | "finish"
  | "openResults";

/** What the host's screen and remote need to know of a session. */
export interface HostedSession {
  state: SessionState;
  pacing: Pacing;
  playerCount: number;
  questionCount: number;
  question: { id: string; number: number } | null;
}

/** The stage of a state; only a closed question leaves a choice of what to look at. */
export function stageOf(state: SessionState, closedView: ClosedView): StageName {
  switch (state) {
    case "LOBBY":
      return "lobby";
    case "QUESTION_OPEN":
      return "question";
    case "QUESTION_CLOSED":
      return closedView;
    case "RUNNING":
      return "running";
    case "FINISHED":
      return "finished";
  }
}

/** Whether the question on screen is the session's last. */
export function isLastQuestion({ question, questionCount }: HostedSession): boolean {
  return question !== null && question.number >= questionCount;
}

/**
 * The main button's action. After the last question the leaderboard is left out, so that the podium is news.
 * Null: nothing to do but wait (a host-paced game without players).
 */
export function primaryAction(session: HostedSession, closedView: ClosedView): PrimaryAction | null {
  switch (session.state) {
    case "LOBBY":
      return session.playerCount > 0 || session.pacing === "SELF_PACED" ? "start" : null;
    case "QUESTION_OPEN":
      return "close";
    case "QUESTION_CLOSED":
      if (isLastQuestion(session)) return "showPodium";
      return closedView === "results" ? "showLeaderboard" : "next";
    case "RUNNING":
      return "finish";
    case "FINISHED":
      return "openResults";
  }
}
