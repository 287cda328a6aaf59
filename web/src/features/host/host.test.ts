import { describe, expect, it } from "vitest";
import { distributionBars, orderedParts, percentCorrect } from "./distribution.ts";
import { joinLink, joinOrigin, shownAddress, spacedCode } from "./joinAddress.ts";
import { belongsToFocus, hostKeyAction } from "./keys.ts";
import { rankChanges, rememberStandings } from "./rankChanges.ts";
import { type HostedSession, primaryAction, stageOf } from "./stage.ts";

const session = (parts: Partial<HostedSession>): HostedSession => ({
  state: "LOBBY",
  pacing: "HOST_PACED",
  playerCount: 3,
  questionCount: 2,
  question: null,
  ...parts,
});

describe("The main button", () => {
  it("goes start, close, leaderboard, next, and after the last question straight to the podium", () => {
    const first = { id: "q1", number: 1 };
    const last = { id: "q2", number: 2 };
    expect(primaryAction(session({}), "results")).toBe("start");
    expect(primaryAction(session({ state: "QUESTION_OPEN", question: first }), "results")).toBe("close");
    const closed = session({ state: "QUESTION_CLOSED", question: first });
    expect(primaryAction(closed, "results")).toBe("showLeaderboard");
    expect(primaryAction(closed, "leaderboard")).toBe("next");
    const end = session({ state: "QUESTION_CLOSED", question: last });
    expect(primaryAction(end, "results")).toBe("showPodium");
    expect(primaryAction(end, "leaderboard")).toBe("showPodium");
    expect(primaryAction(session({ state: "FINISHED" }), "results")).toBe("openResults");
  });

  it("waits for the first player of a host-paced game, not of a self-paced one", () => {
    expect(primaryAction(session({ playerCount: 0 }), "results")).toBeNull();
    expect(primaryAction(session({ playerCount: 0, pacing: "SELF_PACED" }), "results")).toBe("start");
    expect(primaryAction(session({ state: "RUNNING", pacing: "SELF_PACED" }), "results")).toBe("finish");
  });

  it("leaves a choice of view for closed questions alone", () => {
    expect(stageOf("QUESTION_CLOSED", "leaderboard")).toBe("leaderboard");
    expect(stageOf("QUESTION_OPEN", "leaderboard")).toBe("question");
  });
});

describe("How the answers fell", () => {
  const choices = [
    { id: "a", text: "Alpha" },
    { id: "b", text: "Beta" },
  ];
  const none = { answerCount: 4, correctCount: 3, choices: [], texts: [] };

  it("shows every choice, also one that nobody picked", () => {
    const results = { ...none, choices: [{ choiceId: "b", count: 3 }] };
    const question = { kind: "SINGLE_CHOICE" as const, choices, solution: { choiceIds: ["b"] }, results };
    expect(distributionBars(question)).toEqual([
      { key: "a", text: "Alpha", count: 0, length: 0, correct: false },
      { key: "b", text: "Beta", count: 3, length: 0.75, correct: true },
    ]);
  });

  it("shows nothing before the solution may be known", () => {
    expect(distributionBars({ kind: "SINGLE_CHOICE", choices, solution: null, results: null })).toEqual([]);
    expect(orderedParts({ kind: "ORDER", choices, solution: null, results: null })).toEqual([]);
  });

  it("shows the most frequent texts, and the parts in their right order", () => {
    const texts = [{ text: "colour", count: 2, correct: true }];
    const typed = {
      kind: "TYPED" as const,
      choices: [],
      solution: { choiceIds: [] },
      results: { ...none, texts },
    };
    expect(distributionBars(typed)[0]).toMatchObject({ text: "colour", length: 0.5, correct: true });
    const order = { kind: "ORDER" as const, choices, solution: { choiceIds: ["b", "a"] }, results: none };
    expect(orderedParts(order).map(({ text }) => text)).toEqual(["Beta", "Alpha"]);
    expect(percentCorrect(none)).toBe(75);
    expect(percentCorrect({ answerCount: 0, correctCount: 0 })).toBeNull();
  });
});

describe("The leaderboard's movement", () => {
  const at = (attemptId: string, rank: number, score: number) => ({ attemptId, rank, score });

  it("starts from the standings at the question's opening, not from later ones", () => {
    const opened = rememberStandings({ questionId: null, before: [] }, "q1", [at("x", 1, 0)]);
    const later = rememberStandings(opened, "q1", [at("x", 1, 500)]);
    expect(later.before).toEqual([at("x", 1, 0)]);
    expect(rememberStandings(later, "q2", [at("x", 1, 500)]).before).toEqual([at("x", 1, 500)]);
  });

  it("counts places gained upwards and knows nothing of newcomers", () => {
    const changes = rankChanges(
      [at("x", 1, 900), at("y", 2, 800)],
      [at("y", 1, 1800), at("x", 2, 900), at("z", 3, 5)],
    );
    expect(changes.get("y")).toEqual({ places: 1, points: 1000 });
    expect(changes.get("x")).toEqual({ places: -1, points: 0 });
    expect(changes.has("z")).toBe(false);
  });
});

describe("The address for players", () => {
  it("is the server's own where the host's page runs on this machine alone", () => {
    const local = { hostname: "localhost", origin: "http://localhost:4000" };
    expect(joinOrigin(local, "http://192.168.1.20:4000")).toBe("http://192.168.1.20:4000");
    expect(joinOrigin(local, null)).toBe("http://localhost:4000");
    const deployed = { hostname: "quiz.example", origin: "https://quiz.example" };
    expect(joinOrigin(deployed, "http://10.0.0.1:4000")).toBe("https://quiz.example");
  });

  it("is short on screen and whole in the QR code", () => {
    expect(shownAddress("https://www.quiz.example/")).toBe("quiz.example");
    expect(joinLink("https://quiz.example", "123456")).toBe("https://quiz.example/join/123456");
    expect(spacedCode("123456")).toBe("123\u2009456");
  });
});

describe("Keys", () => {
  const press = (key: string, more = {}) => ({
    key,
    repeat: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  });
  const focused = (selector: string) => ({
    closest: (list: string) => (list.split(", ").includes(selector) ? {} : null),
  });

  it("act once however long they are held, and leave the browser its combinations", () => {
    expect(hostKeyAction(press(" "))).toBe("primary");
    expect(hostKeyAction(press("L"))).toBe("leaderboard");
    expect(hostKeyAction(press(" ", { repeat: true }))).toBeNull();
    expect(hostKeyAction(press("c", { ctrlKey: true }))).toBeNull();
    expect(hostKeyAction(press("x"))).toBeNull();
  });

  it("stay with a focused button or field", () => {
    expect(belongsToFocus(" ", focused("button"))).toBe(true);
    expect(belongsToFocus("l", focused("button"))).toBe(false);
    expect(belongsToFocus("PageDown", focused("button"))).toBe(false);
    expect(belongsToFocus("l", focused("input"))).toBe(true);
    expect(belongsToFocus(" ", null)).toBe(false);
  });
});
