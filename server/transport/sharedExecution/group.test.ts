import type { ExecutionResult } from "graphql";
import { beforeEach, describe, expect, test } from "vitest";
import { Listener, Source, settled, withResolvers } from "./byHand.ts";
import { FanOutPace } from "./fanOutPace.ts";
import { Group } from "./group.ts";
import { Laggards } from "./laggards.ts";

let sources: Source[];
let opening: (() => unknown)[];
let empty: number;
let group: Group;
const laggards = new Laggards({ everyMs: 5, patienceMs: 1_000 });

/** The next time that the operation is started, this comes of it. */
const nextOpen = (what: () => unknown) => opening.push(what);

beforeEach(() => {
  sources = [];
  opening = [];
  empty = 0;
  group = new Group({
    open: async () => {
      const special = opening.shift();
      if (special) return (await special()) as ExecutionResult;
      const source = new Source();
      sources.push(source);
      return source;
    },
    responseKey: "board",
    pace: new FanOutPace(2),
    laggards,
    maskError: (error) => `masked ${error}`,
    onEmpty: () => {
      empty += 1;
    },
  });
});

async function join(count = 1): Promise<{ listener: Listener; leave: () => void }[]> {
  const joined = Array.from({ length: count }, () => {
    const listener = new Listener();
    const member = group.join(listener);
    return { listener, leave: () => void group.leave(member) };
  });
  await settled();
  return joined;
}

const seenBy = (joined: readonly { listener: Listener }[]) => joined.map(({ listener }) => listener.seen);

describe("joining", () => {
  test("those who come together share the first reading, and one source from then on", async () => {
    const all = await join(5);
    expect(sources).toHaveLength(1);
    await sources[0]!.bring({ version: 1 });
    await sources[0]!.bring({ version: 2 });
    expect(seenBy(all)).toEqual(Array(5).fill(["v1", "v2"]));
    expect(sources).toHaveLength(1);
  });

  test("one who comes later gets a state that was read after that, and nobody else does", async () => {
    const first = await join();
    await sources[0]!.bring({ version: 1 });
    const late = await join();
    expect(sources).toHaveLength(2);
    await sources[1]!.bring({ version: 1, text: "read anew" });
    expect(sources[1]!.closed).toBe(true);
    await sources[0]!.bring({ version: 2 });
    expect(seenBy([...first, ...late])).toEqual([
      ["v1", "v2"],
      ["read anew", "v2"],
    ]);
  });

  test("those who come while a first state is read for others wait for the next, together", async () => {
    const [first] = await join();
    const later = await join(3);
    expect(sources).toHaveLength(1);
    await sources[0]!.bring({ version: 1 });
    expect(sources).toHaveLength(2);
    expect(seenBy(later)).toEqual([[], [], []]);
    await sources[1]!.bring({ version: 4 });
    expect(seenBy(later)).toEqual([["v4"], ["v4"], ["v4"]]);
    expect(first!.listener.seen).toEqual(["v1"]);
  });

  test("I5: what the source brings meanwhile is not missed, and nothing older follows", async () => {
    await join();
    await sources[0]!.bring({ version: 1 });
    const [late] = await join();
    // The source was faster, its state is newer.
    await sources[0]!.bring({ version: 3 });
    await sources[1]!.bring({ version: 2 });
    expect(late!.listener.seen).toEqual(["v2", "v3"]);

    const [later] = await join();
    await sources[2]!.bring({ version: 5 });
    // An older one, whose reading had begun before, arrives now.
    await sources[0]!.bring({ version: 4 });
    await sources[0]!.bring({ version: 6 });
    expect(later!.listener.seen).toEqual(["v5", "v6"]);
    expect(late!.listener.seen).toEqual(["v2", "v3", "v4", "v6"]);
  });

  test("states without versions arrive as they come, and none is lost", async () => {
    await join();
    await sources[0]!.bring({ text: "a" });
    const [late] = await join();
    await sources[0]!.bring({ text: "b" });
    await sources[1]!.bring({ text: "c" });
    expect(late!.listener.seen).toEqual(["c", "b"]);
  });

  test("where the source had ended, the one who comes late brings the next", async () => {
    const [first] = await join();
    await sources[0]!.bring({ version: 1 });
    const [late] = await join();
    await sources[0]!.end();
    expect(first!.listener.seen).toEqual(["v1", "end"]);
    await sources[1]!.bring({ version: 2 });
    await sources[1]!.bring({ version: 3 });
    expect(late!.listener.seen).toEqual(["v2", "v3"]);
    expect(sources[1]!.closed).toBe(false);
  });
});

describe("leaving", () => {
  test("the last one ends the source at once, though it waits", async () => {
    const [one, two] = await join(2);
    await sources[0]!.bring({ version: 1 });
    one!.leave();
    expect([sources[0]!.closed, empty]).toEqual([false, 0]);
    two!.leave();
    two!.leave();
    await settled();
    expect([sources[0]!.closed, empty, group.size]).toEqual([true, 1, 0]);
  });

  test("before anything was started, nothing is", async () => {
    group.leave(group.join(new Listener()));
    await settled();
    expect([sources.length, empty]).toEqual([0, 1]);
  });

  test("while the operation is being started, what comes of it is ended", async () => {
    const started = withResolvers<Source>();
    nextOpen(() => started.promise);
    const [only] = await join();
    only!.leave();
    const source = new Source();
    started.resolve(source);
    await settled();
    expect([source.closed, source.pulls]).toEqual([true, 0]);
  });

  test("while the first state is read, it ends the source and gets nothing", async () => {
    const [only] = await join();
    only!.leave();
    await settled();
    expect([sources[0]!.closed, only!.listener.seen]).toEqual([true, []]);
  });

  test("in the middle of a fan-out, one gets nothing more, and the others everything", async () => {
    const all = await join(7);
    await sources[0]!.bring({ version: 1 });
    const bringing = sources[0]!.bring({ version: 2 });
    await new Promise((resolve) => setImmediate(resolve));
    all[6]!.leave();
    await bringing;
    expect(seenBy(all)).toEqual([...Array(6).fill(["v1", "v2"]), ["v1"]]);
  });

  test("one of those who wait for a first state takes nothing from the rest", async () => {
    const [stays, goes] = await join(2);
    goes!.leave();
    await sources[0]!.bring({ version: 1 });
    await sources[0]!.bring({ version: 2 });
    expect(seenBy([stays!, goes!])).toEqual([["v1", "v2"], []]);
  });
});

describe("pace", () => {
  test("the source is asked again only when everyone was served: what changed meanwhile is one state", async () => {
    await join(9);
    await sources[0]!.bring({ version: 1 });
    const { pulls } = sources[0]!;
    void sources[0]!.bring({ version: 2 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(sources[0]!.pulls).toBe(pulls);
    await settled();
    expect(sources[0]!.pulls).toBe(pulls + 1);
  });

  test("I8: one who is behind gets the newest state when it can, and none of those between", async () => {
    const [slow, quick] = await join(2);
    await sources[0]!.bring({ version: 1 });
    slow!.listener.isBusy = true;
    for (const version of [2, 3, 4]) await sources[0]!.bring({ version });
    slow!.listener.isBusy = false;
    await expect.poll(() => slow!.listener.seen).toEqual(["v1", "v4"]);
    expect(quick!.listener.seen).toEqual(["v1", "v2", "v3", "v4"]);
    expect(laggards.size).toBe(0);
  });

  test("the last state reaches one who is behind before the end does", async () => {
    const [slow] = await join();
    await sources[0]!.bring({ version: 1 });
    slow!.listener.isBusy = true;
    await sources[0]!.bring({ version: 2 });
    await sources[0]!.end();
    expect(slow!.listener.seen).toEqual(["v1", "v2", "end"]);
    expect(laggards.size).toBe(0);
  });

  test("I8: one who stays behind for too long is given up", async () => {
    const impatient = new Laggards({ everyMs: 1, patienceMs: 10 });
    const given = withResolvers<void>();
    const laggard = { retry: () => false, giveUp: () => given.resolve() };
    impatient.add(laggard);
    await given.promise;
    impatient.delete(laggard);
    expect(impatient.size).toBe(0);
  });
});

describe("failing", () => {
  test("a refusal is everyone's result, and their end", async () => {
    nextOpen(() => ({ errors: [{ message: "no such board" }] }));
    const all = await join(2);
    expect(seenBy(all)).toEqual(Array(2).fill(["refused: no such board", "end"]));
    expect([group.size, empty]).toEqual([0, 1]);
  });

  test("an operation that cannot be started fails for those who wait for it, and for nobody else", async () => {
    const [first] = await join();
    await sources[0]!.bring({ version: 1 });
    nextOpen(() => Promise.reject(new Error("away")));
    const [late] = await join();
    await sources[0]!.bring({ version: 2 });
    expect(late!.listener.seen).toEqual(["masked Error: away"]);
    expect(first!.listener.seen).toEqual(["v1", "v2"]);
  });

  test("a source that fails is masked once for all, and closed", async () => {
    const all = await join(2);
    await sources[0]!.bring({ version: 1 });
    await sources[0]!.fail(new Error("secret"));
    expect(seenBy(all)).toEqual(Array(2).fill(["v1", "masked Error: secret"]));
    expect([sources[0]!.closed, empty]).toEqual([true, 1]);
  });

  test("what cannot be serialised ends the operation, not the process", async () => {
    nextOpen(() => ({ data: { board: 1n } }));
    const [only] = await join();
    expect(only!.listener.seen[0]).toContain("masked TypeError");
  });
});
