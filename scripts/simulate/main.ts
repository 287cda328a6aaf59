import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { readArgs, type SimulateArgs, USAGE } from "./args.ts";
import { nicknameOf } from "./nicknames.ts";
import { play } from "./player.ts";
import { Progress } from "./progress.ts";

async function simulate(args: SimulateArgs): Promise<boolean> {
  const progress = new Progress();
  const leaving = new AbortController();
  // Every player listens for the end.
  setMaxListeners(0, leaving.signal);
  process.once("SIGINT", () => leaving.abort());
  process.once("SIGTERM", () => leaving.abort());
  const show = () => {
    const line = progress.line(args.players);
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${line.slice(0, process.stdout.columns - 1)}`);
    else process.stdout.write(`${line}\n`);
  };
  const timer = setInterval(show, process.stdout.isTTY ? 200 : 2000);

  let failure: unknown;
  const playing: Promise<void>[] = [];
  for (let n = 0; n < args.players && !leaving.signal.aborted; n++) {
    playing.push(
      play(args, nicknameOf(n), progress, leaving.signal).catch((error: unknown) => {
        if (leaving.signal.aborted) return;
        progress.failedJoins++;
        failure ??= error;
      }),
    );
    await sleep(1000 / args.joinRate);
    // A wrong code fails for the first player as for the last.
    if (failure && progress.joined === 0) break;
  }
  await Promise.all(playing);
  clearInterval(timer);
  show();
  process.stdout.write("\n");
  if (failure) process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  return failure === undefined;
}

try {
  const args = readArgs(process.argv.slice(2));
  if (args === "help") process.stdout.write(USAGE);
  else process.exitCode = (await simulate(args)) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
