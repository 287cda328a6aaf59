import { ReplyError } from "ioredis";
import { describe, expect, it } from "vitest";
import { UnavailableError } from "../../../core/refusals.ts";
import { reaching } from "./unavailable.ts";

const replied = (message: string): Error => new (ReplyError as ErrorConstructor)(message);
const thrownFor = (error: unknown) => reaching(Promise.reject(error)).catch((thrown: unknown) => thrown);

// What real ones say when they are killed, full or emptied is in redisTrouble, admission and redisEmptied.
describe("What Redis and its client say", () => {
  it.each([
    replied("LOADING Redis is loading the dataset in memory"),
    replied("READONLY You can't write against a read only replica."),
    replied("CLUSTERDOWN The cluster is down"),
    replied("MOVED 1234 127.0.0.1:7000"),
    replied("TRYAGAIN Multiple keys request during rehashing of slot"),
    replied("OOM command not allowed when used memory > 'maxmemory'."),
    replied("MISCONF Errors writing to the AOF file: No space left on device"),
    new Error("Stream isn't writeable and enableOfflineQueue options is false"),
    new Error("Command timed out"),
    new Error("Too many Cluster redirections. Last error: MOVED"),
    Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
  ])("is told as unavailable, with its cause: %s", async (cause) => {
    const thrown = await thrownFor(cause);
    expect(thrown).toBeInstanceOf(UnavailableError);
    expect((thrown as Error).cause).toBe(cause);
  });

  it.each([
    replied("ERR user_script:12: attempt to index a nil value script: 0123"),
    replied("WRONGTYPE Operation against a key holding the wrong kind of value"),
    replied("NOAUTH Authentication required."),
    replied("NOSCRIPT No matching script."),
    new TypeError("Cannot read properties of undefined"),
  ])("stays what it is where it is a mistake of ours: %s", async (error) => {
    expect(await thrownFor(error)).toBe(error);
  });
});
