import type { SessionEvents } from "./ports.ts";
import type { SessionEvent } from "./store/sessionEvent.ts";

const topicOf = (sessionId: string) => `session:${sessionId}`;

/** The announcements of a store that lives in this process: it says itself what changed, in the order of versions. */
export interface LocalSessionEvents extends SessionEvents {
  publish(event: SessionEvent): void;
}

/**
 * Announcements over the process's own event target. Each session is one topic. A listener that throws costs only
 * itself, whatever the target does with errors.
 */
export function createSessionEvents(
  target: EventTarget,
  onListenerError: (error: unknown) => void,
): LocalSessionEvents {
  return {
    publish(event) {
      target.dispatchEvent(new CustomEvent(topicOf(event.sessionId), { detail: event }));
    },
    subscribe(sessionId, listener) {
      const topic = topicOf(sessionId);
      const handle = (event: Event) => {
        try {
          listener((event as CustomEvent<SessionEvent>).detail);
        } catch (error) {
          onListenerError(error);
        }
      };
      target.addEventListener(topic, handle);
      return () => target.removeEventListener(topic, handle);
    },
  };
}
