import { builder } from "../../graphql/builder.ts";
import type { AttemptStatus, Pacing, ScoringName, SessionStateName } from "../domain/session.ts";

export const PacingEnum = builder.enumType("Pacing", {
  description: "Who sets the pace.",
  values: {
    HOST_PACED: {
      description: "The host opens one question after another, for everyone.",
      value: "HOST_PACED",
    },
    SELF_PACED: { description: "Every player goes from question to question alone.", value: "SELF_PACED" },
  } satisfies Record<Pacing, { description: string; value: Pacing }>,
});

export const ScoringEnum = builder.enumType("Scoring", {
  description:
    "CLASSIC: speed counts up to half the points, with a streak bonus. ACCURACY: a right answer earns its points, whenever it comes.",
  values: {
    CLASSIC: {
      description: "Half the points for being right, up to half for speed; streaks earn a bonus.",
      value: "CLASSIC",
    },
    ACCURACY: {
      description: "All points for being right; time does not matter before the deadline.",
      value: "ACCURACY",
    },
  } satisfies Record<ScoringName, { description: string; value: ScoringName }>,
});

export const SessionStateEnum = builder.enumType("SessionState", {
  description:
    "HOST_PACED: LOBBY, QUESTION_OPEN and QUESTION_CLOSED in turn, FINISHED. SELF_PACED: LOBBY, RUNNING, FINISHED.",
  values: {
    LOBBY: { description: "Players join; nothing has begun.", value: "LOBBY" },
    QUESTION_OPEN: { description: "A question takes answers.", value: "QUESTION_OPEN" },
    QUESTION_CLOSED: {
      description: "The question on screen is over, and its solution known.",
      value: "QUESTION_CLOSED",
    },
    RUNNING: { description: "Every player goes at their own pace.", value: "RUNNING" },
    FINISHED: { description: "It is over for everyone.", value: "FINISHED" },
  } satisfies Record<SessionStateName, { description: string; value: SessionStateName }>,
});

export const AttemptStatusEnum = builder.enumType("AttemptStatus", {
  description: "What has become of an attempt.",
  values: {
    ACTIVE: { description: "Plays.", value: "ACTIVE" },
    FINISHED: { description: "Has every question behind it, or the session is over.", value: "FINISHED" },
    REMOVED: { description: "Was removed by the host.", value: "REMOVED" },
  } satisfies Record<AttemptStatus, { description: string; value: AttemptStatus }>,
});
