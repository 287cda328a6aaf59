import { once } from "node:events";
import type { AddressInfo } from "node:net";

interface Listener {
  address(): AddressInfo | string | null;
  once(event: "listening", listener: () => void): unknown;
}

/** The port that something listens on, once it does. */
export async function listening(server: Listener & NodeJS.EventEmitter): Promise<number> {
  if (server.address() === null) await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port");
  return address.port;
}
