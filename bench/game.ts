// npm run bench game [-- --games 1x2000,50x100] [--questions 3] [--within 2] [--full] [--json FILE]
// Games with many players on two servers: how long they wait for their answers, and for the last leaderboard.
import { type GameOptions, prepareGames } from "./game/games.ts";
import { seatPlayers } from "./game/players.ts";
import { type Engines, startEngines } from "./harness/engines.ts";
import { median, percentile, rounded } from "./harness/figures.ts";
import { requireFiles } from "./harness/files.ts";
import { type BenchOptions, readNumbers, readOptions } from "./harness/options.ts";
import { requireProcfs } from "./harness/procfs.ts";
import { buildProduct, type Product, startProduct } from "./harness/product.ts";
import { publish } from "./harness/result.ts";

const GAMES = "1x2000,50x100";
const [QUESTIONS, FULL_QUESTIONS] = ["3", "10"];
const WITHIN_SECONDS = "2";
const SERVERS = 2;

interface Question {
  readonly acknowledged: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** From the last acknowledgement until everyone has the leaderboard with all answers in it, in ms. */
  readonly final: number;
  /** Of all servers, for each answer with everything that follows from it, in ms. */
  readonly cpu: number;
}

interface Game extends GameOptions {
  readonly name: string;
  readonly all: readonly Question[];
}

export async function run(args: readonly string[]): Promise<void> {
  requireProcfs();
  const options = readOptions("game", args, {
    games: { type: "string", default: GAMES },
    questions: { type: "string" },
    within: { type: "string", default: WITHIN_SECONDS },
  });
  const { own } = options;
  const [questions = 0] = readNumbers(
    "questions",
    String(own["questions"] ?? (options.full ? FULL_QUESTIONS : QUESTIONS)),
  );
  const [within = 0] = readNumbers("within", String(own["within"]));
  const games = String(own["games"])
    .split(",")
    .map((name) => {
      const [sessions = 0, players = 0] = readNumbers("games", name.replace("x", ","));
      return { name, sessions, players, questions };
    });
  requireFiles(Math.max(...games.map(({ sessions, players }) => sessions * players)));
  if (!options.built) buildProduct();
  const engines = await startEngines();
  try {
    const played: Game[] = [];
    for (const game of games)
      played.push({ ...game, all: await play(game, within * 1000, engines, options) });
    report(played, within, engines, options);
  } finally {
    await engines.stop();
  }
}

async function play(game: GameOptions, withinMs: number, engines: Engines, { profile }: BenchOptions) {
  const servers: Product[] = [];
  const stops: (() => Promise<void>)[] = [];
  try {
    for (let server = 1; server <= SERVERS; server++)
      servers.push(await startProduct(engines, { name: `server ${server}`, profileFolder: profile }));
    const began = performance.now();
    const games = await prepareGames(
      servers.map(({ url }) => url),
      game,
    );
    const players = await seatPlayers(games.sessions.flatMap(({ seats }) => seats));
    stops.push(players.stop);
    console.log(
      `${game.sessions} × ${game.players}: joined and connected in ${rounded((performance.now() - began) / 1000)} s`,
    );
    const all: Question[] = [];
    for (let question = 0; question < game.questions; question++) {
      const open = await games.openNext();
      const before = cpuOf(servers);
      const { took, lastAt, refusals } = await players.answer(open, withinMs);
      if (refusals.length > 0) throw new Error(`${refusals.length} answers failed, such as: ${refusals[0]}`);
      const finalAt = await players.haveBoards(await games.boardVersions());
      const measured = {
        acknowledged: took.length,
        p50: percentile(took, 0.5),
        p95: percentile(took, 0.95),
        p99: percentile(took, 0.99),
        final: Math.max(0, finalAt - lastAt),
        cpu: (cpuOf(servers) - before) / took.length,
      };
      const { acknowledged, p50, p95, final } = measured;
      console.log(
        `question ${question + 1}: ${acknowledged} acknowledged, p50 ${rounded(p50)} ms, p95 ${rounded(p95)} ms, everyone up to date ${rounded(final)} ms after the last`,
      );
      all.push(measured);
      await games.close();
    }
    const { foreign, backwards, closed } = await players.counts();
    if (foreign > 0)
      throw new Error(`${foreign} messages went to players of another session, or to another player`);
    if (backwards > 0) throw new Error(`${backwards} leaderboards were older than the one before`);
    if (closed > 0) throw new Error(`${closed} players lost their connection`);
    return all;
  } finally {
    for (const stop of stops) await stop();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

const cpuOf = (servers: readonly Product[]) => servers.reduce((sum, server) => sum + server.cpuMs(), 0);

function report(played: readonly Game[], within: number, engines: Engines, options: BenchOptions): void {
  const middle = ({ all }: Game, figure: keyof Question) => rounded(median(all.map((one) => one[figure])));
  publish(
    {
      bench: "game",
      packages: ["graphql", "graphql-ws", "ws", "ioredis", "pg"],
      engines: engines.versions,
      tables: [
        {
          title: `All players answer within ${within} s: ${SERVERS} servers, Redis, PostgreSQL; medians over the questions`,
          columns: [
            "sessions × players",
            "answers",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "last leaderboard, ms",
            "server CPU ms an answer",
          ],
          rows: played.map((game) => [
            `${game.sessions} × ${game.players}`,
            game.all.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
            middle(game, "p50"),
            middle(game, "p95"),
            middle(game, "p99"),
            middle(game, "final"),
            middle(game, "cpu"),
          ]),
        },
      ],
      ratios: Object.fromEntries(
        played.flatMap((game) => [
          [`${game.name}:acknowledged`, "100%"],
          [`${game.name}:p95_ms`, middle(game, "p95")],
          [`${game.name}:final_ms`, middle(game, "final")],
          [`${game.name}:cross_talk`, 0],
        ]),
      ),
    },
    options,
  );
}
