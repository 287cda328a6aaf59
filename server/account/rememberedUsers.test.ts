import { describe, expect, test, vi } from "vitest";
import type { UserId } from "../core/ids.ts";
import { rememberUsers } from "./rememberedUsers.ts";

const HOST = "host" as UserId;
const away = () => Promise.reject(new Error("connect ECONNREFUSED"));
const silent = () => new Promise<never>(() => {});
const clock = { now: () => Date.now() };

describe("users whose sign-ins cannot be looked up", () => {
  test("stay who they were while the database is away", async () => {
    const users = rememberUsers(clock);
    expect(await users.of("token", async () => HOST)).toBe(HOST);
    expect(await users.of("token", away)).toBe(HOST);
  });

  test("are nobody where they were never looked up", async () => {
    const users = rememberUsers(clock);
    await expect(users.of("token", away)).rejects.toThrow("ECONNREFUSED");
  });

  test("are not waited for again and again by a database that hangs", async () => {
    vi.useFakeTimers();
    const users = rememberUsers(clock);
    await users.of("token", async () => HOST);
    const first = users.of("token", silent);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await first).toBe(HOST);
    // Without time going on.
    expect(await users.of("token", silent)).toBe(HOST);
    vi.useRealTimers();
  });

  test("are forgotten with all of their sign-ins where they are gone themselves", async () => {
    const users = rememberUsers(clock);
    const other = "other" as UserId;
    for (const token of ["one", "two"]) await users.of(token, async () => HOST);
    await users.of("three", async () => other);
    users.forgetAll((who) => who === HOST);
    for (const token of ["one", "two"]) await expect(users.of(token, away)).rejects.toThrow("ECONNREFUSED");
    expect(await users.of("three", away)).toBe(other);
  });

  test("are forgotten with their sign-out, and after a while", async () => {
    vi.useFakeTimers();
    const users = rememberUsers(clock);
    await users.of("token", async () => HOST);
    users.forget("token");
    await expect(users.of("token", away)).rejects.toThrow();
    await users.of("token", async () => HOST);
    await users.of("token", async () => null);
    await expect(users.of("token", away)).rejects.toThrow();
    await users.of("token", async () => HOST);
    await vi.advanceTimersByTimeAsync(16 * 60_000);
    await expect(users.of("token", away)).rejects.toThrow();
    vi.useRealTimers();
  });
});
