/** What a program can be asked for; what a handler returns, or throws, goes back to who asked. */
export type Handlers = Readonly<Record<string, (input: never) => unknown>>;

interface Asked {
  readonly ask: number;
  readonly name: string;
  readonly input: unknown;
}

/** Runs in a program that the bench has started: answers what `Program.ask` asks, until it is told to go. */
export function answerBench(handlers: Handlers): void {
  process.on("message", async (message) => {
    const { ask, name, input } = message as Asked;
    const handle = handlers[name];
    if (!handle) return;
    try {
      process.send?.({ reply: ask, value: await handle(input as never) });
    } catch (error) {
      process.send?.({
        reply: ask,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  });
  process.channel?.ref();
  process.send?.({ isReady: true });
  // Not killed: a profile is written at the end.
  process.once("SIGTERM", () => process.exit());
}

/** Milliseconds on a clock that all processes of this machine share, and that nobody sets. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
