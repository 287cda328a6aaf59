import { beforeEach, describe, expect, it } from "vitest";
import { type AttemptId, opaqueId } from "../core/ids.ts";
import type { SessionArchive } from "./ports.ts";
import { createSessionReader } from "./sessionReader.ts";
import { Game } from "./store/contract/game.ts";
import type { StoreHarness } from "./store/contract/harness.ts";
import { makeMemoryStore } from "./store/memory/memoryHarness.ts";

const away = async (): Promise<never> => {
  throw new Error("PostgreSQL is away");
};
const nowhere: SessionArchive = { byId: away, byCode: away, standings: away, attempt: away };

let harness: StoreHarness;
let game: Game;
let ana: AttemptId;

beforeEach(async () => {
  harness = await makeMemoryStore();
  game = await Game.open(harness);
  ana = await game.join("Ana");
});

describe("A running session is read", () => {
  it("without PostgreSQL: by its id, by its code, and an attempt by the attempt's id alone", async () => {
    const reader = createSessionReader(harness.store, nowhere, away);
    expect((await reader.byId(game.id))?.version).toBe(2);
    expect((await reader.byCode(game.setup.code))?.version).toBe(2);
    expect((await reader.standings(game.id, 10))?.playerCount).toBe(1);
    expect((await reader.anyAttempt(ana))?.record.nickname).toBe("Ana");
    await expect(reader.anyAttempt(opaqueId())).rejects.toThrow("away");
  });
});

describe("A finished session of which PostgreSQL does not know the end yet", () => {
  it("I5: is read as it ended, also by its code", async () => {
    const before = await game.session();
    await game.do({ kind: "finish" });
    const reader = createSessionReader(harness.store, { ...nowhere, byCode: async () => before }, away);
    expect(await reader.byCode(game.setup.code)).toMatchObject({ version: 3, phase: { state: "FINISHED" } });
  });
});
