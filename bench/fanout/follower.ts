import { randomUUID } from "node:crypto";
import { LeanSocket, textFrame } from "../harness/leanSocket.ts";
import { numberAfter } from "../harness/numberAfter.ts";
import type { Dialect } from "./dialect.ts";

const VERSION = Buffer.from('"version":');

/** A dialect, ready to be spoken: made once for all clients. */
export interface Phrases {
  readonly dialect: Dialect;
  readonly heard: Buffer | null;
  readonly said: Buffer | null;
}

export function phrasesOf(dialect: Dialect): Phrases {
  const { beat } = dialect;
  return {
    dialect,
    heard: beat ? Buffer.from(beat.heard) : null,
    said: beat ? textFrame(beat.said) : null,
  };
}

export interface FollowerOptions {
  readonly port: number;
  readonly phrases: Phrases;
  readonly localAddress?: string | undefined;
  /** Everything was said that had to be said. */
  onReady(): void;
  /** A state came, which says this version of itself. */
  onState(version: number): void;
  onClose(code: number | null): void;
}

/** A client that follows something, and of what comes reads the version alone. */
export function follow({ port, phrases, localAddress, ...told }: FollowerOptions): LeanSocket {
  const { dialect, heard, said } = phrases;
  const { steps, idMark } = dialect;
  const id = randomUUID();
  let step = 0;
  const advance = () => {
    for (const message of steps[step] ?? [])
      socket.send(textFrame(idMark === undefined ? message : message.replace(idMark, id)));
    step += 1;
    if (step >= steps.length) told.onReady();
  };
  const socket = new LeanSocket({
    port,
    path: dialect.path,
    protocol: dialect.protocol,
    localAddress,
    onOpen: advance,
    onText(bytes, start, end) {
      if (step < steps.length) advance();
      const version = numberAfter(VERSION, bytes, start, end);
      if (version !== null) told.onState(version);
      else if (heard && said && heard.compare(bytes, start, end) === 0) socket.send(said);
    },
    onClose: told.onClose,
  });
  return socket;
}
