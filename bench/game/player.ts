import { sharedClock } from "../harness/inside.ts";
import { LeanSocket, textFrame } from "../harness/leanSocket.ts";
import { numberAfter } from "../harness/numberAfter.ts";
import type { Seat } from "./players.ts";

const FOLLOWED = [
  `subscription ($code: String!) { leaderboardUpdated(code: $code) {
    version playerCount entries { rank attemptId nickname score correctCount } } }`,
  `subscription ($code: String!) { sessionUpdated(code: $code) {
    version state playerCount question { id number prompt closesAt choices { id text } solution { choiceIds } } } }`,
  "subscription { attemptUpdated { nickname status score rank answeredCount correctCount streak } }",
];
const SUBMIT = `mutation ($input: SubmitAnswerInput!) { submitAnswer(input: $input) {
  __typename ... on SubmitAnswerSuccess { answer { correct points } attempt { score rank } } ... on Error { message } } }`;

const BOARD = Buffer.from('"leaderboardUpdated":{"version":');
const SESSION = Buffer.from('"sessionUpdated":{');
const OWN = Buffer.from('"attemptUpdated":{"nickname":"');
const NICKNAME = Buffer.from('"nickname":"');
const SUBMITTED = Buffer.from('"submitAnswer":{"__typename":"SubmitAnswerSuccess"');
const REFUSED = Buffer.from('"submitAnswer":');

interface Waiting {
  readonly askedAt: number;
  resolve(tookMs: number): void;
  reject(error: Error): void;
}

/** One player: a connection that follows what the web app follows, and answers on it. Messages are recognised, not parsed. */
export class Player {
  readonly seat: Seat;
  /** The newest leaderboard that it has, and when that came. */
  boardVersion = 0;
  boardAt = 0;
  /** Messages that were of another session, or another player. */
  foreign = 0;
  backwards = 0;
  /** Of the session, the leaderboard and its own attempt: that each of them came. */
  readonly seen = new Set<"board" | "session" | "own">();
  readonly #socket: LeanSocket;
  readonly #tag: Buffer;
  readonly #nickname: Buffer;
  #answers = 0;
  #waiting: Waiting | null = null;
  #onReady: () => void = () => {};

  constructor(seat: Seat, onClose: (code: number | null) => void) {
    this.seat = seat;
    this.#tag = Buffer.from(`${seat.tag} `);
    this.#nickname = Buffer.from(`${seat.nickname}"`);
    const init = { type: "connection_init", payload: { Authorization: `Bearer ${seat.token}` } };
    let greeted = false;
    this.#socket = new LeanSocket({
      port: seat.port,
      path: "/graphql",
      protocol: "graphql-transport-ws",
      onOpen: () => this.#socket.send(textFrame(JSON.stringify(init))),
      onText: (bytes, start, end) => {
        if (greeted) return this.#read(bytes, start, end);
        greeted = true;
        for (const [index, query] of FOLLOWED.entries()) {
          const payload = { query, ...(query.includes("$code") && { variables: { code: seat.code } }) };
          this.#send(`follow ${index}`, payload);
        }
      },
      onClose: (code) => {
        this.#waiting?.reject(new Error(`${seat.nickname} was closed: ${code ?? "cut"}`));
        onClose(code);
      },
    });
  }

  /** When it has been sent the state of all that it follows. */
  ready(): Promise<void> {
    return new Promise((resolve) => {
      this.#onReady = resolve;
      this.#tellReady();
    });
  }

  /** Resolves to how long the acknowledgement took, in ms; rejects where the answer is refused. */
  answer(questionId: string, choiceId: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting = { askedAt: sharedClock(), resolve, reject };
      const input = { questionId, answer: { choiceIds: [choiceId] } };
      this.#answers += 1;
      this.#send(`answer ${this.#answers}`, { query: SUBMIT, variables: { input } });
    });
  }

  #send(id: string, payload: object): void {
    this.#socket.send(textFrame(JSON.stringify({ id, type: "subscribe", payload })));
  }

  #read(bytes: Buffer, start: number, end: number): void {
    const has = (needle: Buffer) => {
      const at = bytes.indexOf(needle, start);
      return at >= 0 && at < end;
    };
    const version = numberAfter(BOARD, bytes, start, end);
    if (version !== null) this.#readBoard(version, bytes, start, end);
    else if (has(OWN)) this.#readOwn(bytes, start, end);
    else if (has(SESSION)) this.#note("session");
    else if (has(SUBMITTED)) this.#acknowledged();
    else if (has(REFUSED)) this.#waiting?.reject(new Error(bytes.toString("utf8", start, end)));
  }

  #readBoard(version: number, bytes: Buffer, start: number, end: number): void {
    if (version <= this.boardVersion) this.backwards += 1;
    this.boardVersion = version;
    this.boardAt = sharedClock();
    for (let at = bytes.indexOf(NICKNAME, start); at >= 0 && at < end; at = bytes.indexOf(NICKNAME, at)) {
      at += NICKNAME.length;
      if (this.#tag.compare(bytes, at, at + this.#tag.length) !== 0) this.foreign += 1;
    }
    this.#note("board");
  }

  #readOwn(bytes: Buffer, start: number, _end: number): void {
    const at = bytes.indexOf(OWN, start) + OWN.length;
    if (this.#nickname.compare(bytes, at, at + this.#nickname.length) !== 0) this.foreign += 1;
    this.#note("own");
  }

  #acknowledged(): void {
    this.#waiting?.resolve(sharedClock() - this.#waiting.askedAt);
    this.#waiting = null;
  }

  #note(what: "board" | "session" | "own"): void {
    if (this.seen.has(what)) return;
    this.seen.add(what);
    this.#tellReady();
  }

  #tellReady(): void {
    if (this.seen.size === FOLLOWED.length) this.#onReady();
  }
}
