import { PGlite } from "@electric-sql/pglite";

type StreamOptions = Parameters<PGlite["execProtocolRawStream"]>[1];

/** Messages of the extended query protocol that belong to what follows them, up to the next Sync. */
const BEGINS_OR_CONTINUES = new Set([..."PBDECHFdcf"].map((letter) => letter.charCodeAt(0)));
const SYNC = new Uint8Array(["S".charCodeAt(0), 0, 0, 0, 4]);

/**
 * A PGlite that several connections of `pglite-socket` may share.
 *
 * All of them speak to one backend with one unnamed statement and one unnamed portal. The socket server hands over
 * message by message, and gives other connections their turn in between unless a transaction is open. A query whose
 * messages arrive in two pieces (parameters over 64 kB), or one that waited for another's transaction, would then run
 * another connection's statement. So a connection also keeps its turn from its first message to its Sync.
 */
export class SharedBackend extends PGlite {
  #unsynced = false;
  readonly #onBroken: (error: unknown) => void;

  constructor(folder: string | undefined, onBroken: (error: unknown) => void) {
    super({ ...(folder === undefined ? {} : { dataDir: folder }) });
    this.#onBroken = onBroken;
  }

  /** Whether the connection that spoke last must be the next to speak. */
  override isInTransaction(): boolean {
    return this.#unsynced || super.isInTransaction();
  }

  override async execProtocolRawStream(message: Uint8Array, options: StreamOptions): Promise<void> {
    this.#unsynced = message[0] !== undefined && BEGINS_OR_CONTINUES.has(message[0]);
    try {
      await super.execProtocolRawStream(message, options);
    } catch (error) {
      // Errors of SQL are answers. What throws here is the engine itself, and the socket's queue never moves again.
      this.#onBroken(error);
      throw error;
    }
  }

  /** The socket server calls this, with ROLLBACK, for a connection that went away within its turn. */
  override async exec(...args: Parameters<PGlite["exec"]>): ReturnType<PGlite["exec"]> {
    if (this.#unsynced) {
      this.#unsynced = false;
      await super.execProtocolRaw(SYNC);
    }
    return super.exec(...args);
  }
}
