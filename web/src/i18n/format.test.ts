import { describe, expect, it } from "vitest";
import { formatMessage } from "./format.ts";

describe("formatMessage", () => {
  it("fills in values, numbers as the language writes them", () => {
    expect(formatMessage("{name} has {points}", { name: "Ana", points: 12345 }, "en")).toBe("Ana has 12,345");
    expect(formatMessage("{points}", { points: 12345 }, "es")).toBe("12.345");
  });

  it("picks the form by the language's own rule", () => {
    const players = "{count} player | {count} players";
    expect(formatMessage(players, { count: 1 }, "en")).toBe("1 player");
    expect(formatMessage(players, { count: 0 }, "en")).toBe("0 players");
    expect(formatMessage(players, { count: 2 }, "en")).toBe("2 players");
    expect(formatMessage("{count} người chơi", { count: 1 }, "vi")).toBe("1 người chơi");
    expect(formatMessage("{count} jugador | {count} jugadores", { count: 1_000_000 }, "es")).toBe(
      "1.000.000 jugadores",
    );
  });

  it("takes the first of three forms for none", () => {
    const answers = "no answers | one answer | {count} answers";
    expect([0, 1, 5].map((count) => formatMessage(answers, { count }, "en"))).toEqual([
      "no answers",
      "one answer",
      "5 answers",
    ]);
  });

  it("does not read a value as a message", () => {
    expect(formatMessage("{name} | x", { name: "{count} | b" }, "en")).toBe("{count} | b | x");
  });

  it("shows what has no value, so that it is noticed", () => {
    expect(formatMessage("{missing}", {}, "en")).toBe("{missing}");
  });
});
