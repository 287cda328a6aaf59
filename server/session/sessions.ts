import type { Clock } from "../core/clock.ts";
import { type Admission, ALWAYS_ADMITTED } from "./admission.ts";
import type { ContentLoader } from "./contentLoader.ts";
import { createJoinSession } from "./joinSession.ts";
import { createOpenSession } from "./openSession.ts";
import type { ContentSource, PlayerTokenIssuer, SessionArchive, SessionEvents } from "./ports.ts";
import { createFaceQuestion, createRunSession } from "./runSession.ts";
import { createCaughtUp } from "./savedHistory.ts";
import { createSessionFeed, type FeedObserver } from "./sessionFeed.ts";
import { createSessionReader } from "./sessionReader.ts";
import type { LiveStore } from "./store/liveStore.ts";
import { createSubmitAnswer } from "./submitAnswer.ts";

export interface SessionParts {
  readonly store: LiveStore;
  readonly archive: SessionArchive;
  readonly contents: Pick<ContentSource, "forNewSession">;
  readonly loadContent: ContentLoader;
  readonly events: SessionEvents;
  readonly playerTokens: PlayerTokenIssuer;
  readonly clock: Clock;
  /** Every session is admitted unless told. */
  readonly admission?: Admission;
  readonly feedObserver?: FeedObserver;
}

export type Sessions = ReturnType<typeof createSessions>;

/** Everything that can be done with sessions: one function for each use case. */
export function createSessions(parts: SessionParts) {
  const { store, archive, contents, loadContent, events, playerTokens, clock } = parts;
  const reader = createSessionReader(store, archive, loadContent);
  return {
    reader,
    feed: createSessionFeed(events, reader, parts.feedObserver),
    open: createOpenSession(store, contents, clock, parts.admission ?? ALWAYS_ADMITTED),
    join: createJoinSession(store, reader, playerTokens),
    submit: createSubmitAnswer(store, reader),
    run: createRunSession(store, reader),
    faceQuestion: createFaceQuestion(store),
    caughtUp: createCaughtUp(store),
  };
}
