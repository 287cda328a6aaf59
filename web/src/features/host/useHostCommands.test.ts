import { CombinedError } from "@urql/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type EffectScope, effectScope } from "vue";
import { createHeldUp } from "../../graphql/heldUp.ts";
import { type Commanded, useHostCommands } from "./useHostCommands.ts";

const held = vi.hoisted(() => ({ api: {} as object }));
vi.mock("../../graphql/api.ts", () => ({ useApi: () => held.api }));
vi.mock("../../ui/useToasts.ts", () => ({
  useToasts: () => ({ error: (text: string) => toasts.push({ text }) }),
}));

const failed = (code: string) => ({
  error: new CombinedError({ graphQLErrors: [{ message: code, extensions: { code } }] }),
});
const done = { data: { result: { __typename: "SessionSuccess" } } };
const moved = { data: { result: { __typename: "SessionStateError" } } };

let scope: EffectScope;
const toasts: { text: string }[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  toasts.splice(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The commands on a session, and a server that gives these answers one after the other, the last one for ever. */
function start(first: Commanded, ...answers: object[]) {
  const screen = { session: first };
  let sent = 0;
  const send = vi.fn(async () => answers[Math.min(sent++, answers.length - 1)]);
  held.api = { heldUp: createHeldUp(), client: { mutation: () => ({ toPromise: send }) } };
  const commands = scope.run(() => useHostCommands(() => screen.session));
  if (commands === undefined) throw new Error("the scope is over");
  return { commands, send, screen };
}
const open = (): Commanded => ({ id: "s1", state: "QUESTION_OPEN", question: { id: "q1" } });
const aWhile = () => vi.advanceTimersByTimeAsync(120_000);

it("sends a command until it is heard, and says that it is trying again", async () => {
  const { commands, send } = start(open(), failed("UNAVAILABLE"), failed("INTERNAL_SERVER_ERROR"), done);
  const closed = commands.close();
  await vi.advanceTimersByTimeAsync(0);
  expect([commands.pending.value, commands.tryingAgain.value]).toEqual(["close", true]);
  await aWhile();
  expect(await closed).toBe(true);
  expect([commands.pending.value, commands.tryingAgain.value, send.mock.calls.length]).toEqual([
    null,
    false,
    3,
  ]);
  expect(toasts).toEqual([]);
});

it("takes a command for done that was lost on its way back", async () => {
  const { commands } = start(open(), failed("UNAVAILABLE"), moved);
  const closed = commands.close();
  await aWhile();
  expect(await closed).toBe(true);
  expect(toasts).toEqual([]);
});

it("says what the server refuses, and sends it no second time", async () => {
  const { commands, send } = start(open(), moved);
  expect(await commands.close()).toBe(false);
  expect(send).toHaveBeenCalledTimes(1);
  expect(toasts.map(({ text }) => text)).toEqual(["host.refused.state"]);
});

it("does not close a question that was opened while the command for another one was on its way", async () => {
  const { commands, send, screen } = start(open(), failed("UNAVAILABLE"));
  const closed = commands.close();
  await vi.advanceTimersByTimeAsync(1_000);
  screen.session = { ...open(), question: { id: "q2" } };
  await aWhile();
  const before = send.mock.calls.length;
  await aWhile();
  expect([await closed, send.mock.calls.length]).toEqual([true, before]);
});

it("stops with its page", async () => {
  const { commands, send } = start(open(), failed("UNAVAILABLE"));
  const closed = commands.next("q1");
  scope.stop();
  await aWhile();
  expect(await closed).toBe(false);
  expect(send).toHaveBeenCalledTimes(1);
});
