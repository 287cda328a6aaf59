import { describe, expect, it } from "vitest";
import { newHistory, record, redo, undo } from "./draftHistory.ts";

describe("the history of a draft", () => {
  it("goes back and forth through single steps", () => {
    let history = record(record(newHistory("a"), "b", 0), "c", 0);
    history = undo(undo(history));
    expect(history.present).toBe("a");
    expect(redo(redo(history)).present).toBe("c");
  });

  it("joins quick typing in one field into one step", () => {
    let history = newHistory("");
    history = record(history, "c", 0, "title");
    history = record(history, "ca", 300, "title");
    history = record(history, "cat", 900, "title");
    expect(undo(history).present).toBe("");
  });

  it("begins a new step after a pause, in another field, and after an undo", () => {
    let history = record(newHistory(""), "c", 0, "title");
    history = record(history, "ca", 1000, "title");
    expect(undo(history).present).toBe("c");
    history = record(history, "ca+x", 1001, "prompt");
    expect(undo(history).present).toBe("ca");
    history = record(undo(history), "ca!", 1002, "title");
    expect(undo(history).present).toBe("ca");
  });

  it("forgets what was undone once something else is done", () => {
    const history = record(undo(record(newHistory("a"), "b", 0)), "c", 0);
    expect(redo(history).present).toBe("c");
  });

  it("takes an edit that changed nothing as none", () => {
    const history = newHistory("a");
    expect(record(history, "a", 0)).toBe(history);
    expect(undo(history)).toBe(history);
    expect(redo(history)).toBe(history);
  });

  it("keeps the newest 200 steps", () => {
    let history = newHistory(0);
    for (let step = 1; step <= 300; step += 1) history = record(history, step, step);
    expect(history.past).toHaveLength(200);
    expect(history.past[0]).toBe(100);
  });
});
