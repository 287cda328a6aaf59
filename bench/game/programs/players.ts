import { setTimeout as pause } from "node:timers/promises";
import { answerBench, sharedClock } from "../../harness/inside.ts";
import { Player } from "../player.ts";
import type { Answered, OpenQuestions, PlayerCounts, Seat } from "../players.ts";

// Many players in one process.
const AT_ONCE = 50;
const READY_TIMEOUT_MS = 30_000;
const ACKNOWLEDGED_TIMEOUT_MS = 30_000;
const BOARD_TIMEOUT_MS = 30_000;
/** So many of them pick what is right. */
const RIGHT = 0.7;

const players: Player[] = [];
let closed = 0;

async function connect(seat: Seat): Promise<void> {
  const player = new Player(seat, () => {
    closed += 1;
  });
  players.push(player);
  await inTime(player.ready(), READY_TIMEOUT_MS, `${seat.nickname} has only ${[...player.seen].join(", ")}`);
}

async function inTime<Value>(value: Promise<Value>, ms: number, otherwise: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} after ${ms / 1000} s`)), ms);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}

async function answerOnce(player: Player, questions: OpenQuestions, withinMs: number): Promise<number> {
  const question = questions[player.seat.code];
  if (!question) throw new Error(`No question is open in ${player.seat.code}`);
  const [right, ...wrong] = question.choiceIds;
  const choice = Math.random() < RIGHT ? right : wrong[Math.floor(Math.random() * wrong.length)];
  await pause(Math.random() * withinMs);
  const answered = player.answer(question.id, choice ?? "");
  return inTime(answered, ACKNOWLEDGED_TIMEOUT_MS, `${player.seat.nickname} has no acknowledgement`);
}

answerBench({
  async connect(seats: readonly Seat[]) {
    let next = 0;
    const connectSome = async () => {
      for (let seat = seats[next++]; seat; seat = seats[next++]) await connect(seat);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, connectSome));
  },
  async answer({ questions, withinMs }: { questions: OpenQuestions; withinMs: number }): Promise<Answered> {
    const took: number[] = [];
    const refusals: string[] = [];
    let lastAt = 0;
    const answerAndNote = async (player: Player) => {
      try {
        took.push(await answerOnce(player, questions, withinMs));
        lastAt = sharedClock();
      } catch (error) {
        refusals.push(String(error));
      }
    };
    await Promise.all(players.map(answerAndNote));
    return { took, lastAt, refusals };
  },
  async "have boards"(versions: Readonly<Record<string, number>>): Promise<number> {
    const isThere = ({ seat, boardVersion }: Player) => boardVersion >= (versions[seat.code] ?? 0);
    const deadline = sharedClock() + BOARD_TIMEOUT_MS;
    while (!players.every(isThere)) {
      if (sharedClock() > deadline) throw new Error("Not all players have the newest leaderboard");
      await pause(10);
    }
    return Math.max(...players.map(({ boardAt }) => boardAt));
  },
  counts(): PlayerCounts {
    const sum = (count: "foreign" | "backwards") =>
      players.reduce((total, player) => total + player[count], 0);
    return { foreign: sum("foreign"), backwards: sum("backwards"), closed };
  },
});
