import { watch } from "vue";
import type { Connection } from "./connection.ts";

/** Runs `onOpen` whenever the connection has come up: the first time, and after every loss. */
export function watchConnection(connection: Connection, onOpen: () => void | Promise<void>): void {
  watch(
    connection.state,
    (state) => {
      if (state === "open") void onOpen();
    },
    { immediate: true },
  );
}
