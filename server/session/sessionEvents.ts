import type { SessionEvents } from "./ports.ts";
import type { SessionEvent } from "./store/sessionEvent.ts";

const topicOf = (sessionId: string) => `session:${sessionId}`;

/**
 * Announcements over an event target: the process's own, or one that reaches other servers. Each session is one
 * topic. A listener that throws costs only itself, whatever the target does with errors.
 */
export function createSessionEvents(
  target: EventTarget,
  onListenerError: (error: unknown) => void,
): SessionEvents {
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
