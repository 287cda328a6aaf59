import type { AddressInfo, Server } from "node:net";
import { errorCode, StartError } from "../core/startError.ts";

/** Listens on a port, 0 being any free one, and tells which it is. Throws a StartError where it is taken. */
export function listen(server: Server, port: number, host: string | undefined): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new StartError(reasonOf(error, port, host)));
    server.once("error", fail);
    server.listen({ port, host }, () => {
      server.off("error", fail);
      resolve({ port: (server.address() as AddressInfo).port });
    });
  });
}

function reasonOf(error: Error, port: number, host: string | undefined): string {
  const code = errorCode(error);
  if (code === "EADDRINUSE")
    return `Port ${port} is taken by another program. Stop it, or set PORT to another one.`;
  if (code === "EACCES") return `Port ${port} may not be used by this user. Set PORT to one above 1023.`;
  return `Nothing can listen on ${host ?? "this machine"}, port ${port} (${code ?? error.message}).`;
}
