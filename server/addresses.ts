import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { listen } from "./transport/listen.ts";

/** This machine's address in its local network, for phones; null where it is in none. */
export function lanAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? null;
}

/**
 * Finds out early whether a port can be had, and which one 0 stands for: the addresses that the server prints and
 * writes into links must be known before it listens. Throws a StartError where the port is taken.
 */
export async function findPort(port: number, host: string | undefined): Promise<number> {
  const probe = createServer();
  const found = await listen(probe, port, host);
  await new Promise((resolve) => probe.close(resolve));
  return found.port;
}
