import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { answersTo, createQuizApi, type QuizApi } from "../api/quizApi.ts";
import { stopAll, watchEvents, watchSocket } from "../api/watching.ts";
import { TEST_SECRET } from "../fixtures/accounts.ts";
import { connect } from "../fixtures/apiClient.ts";
import { createPostgres, type PostgresProcess } from "../fixtures/postgres.ts";
import { type RedisProcess, startRedis } from "../fixtures/redis.ts";
import { freePort, type ServerProcess, startServer } from "../fixtures/serverProcess.ts";
import { type NginxProcess, startNginx } from "./nginxProcess.ts";
import { type Board, join } from "./player.ts";

// The settings of ops/nginx in a real nginx, before two servers that share a Redis and a PostgreSQL.

// `npm test` says where PostgreSQL's binaries are, and installs them where it can.
const binaries = process.env["POSTGRES_BIN"];
const PLAYERS = 8;
const METRICS_TOKEN = "a token of the tests for figures";
const MINUTE = 60_000;

describe.skipIf(binaries === undefined)("behind nginx", () => {
  let postgres: PostgresProcess;
  let redis: RedisProcess;
  let ports: [number, number];
  let servers: [ServerProcess, ServerProcess];
  let nginx: NginxProcess;
  let api: QuizApi;
  let host: string;

  const start = (port: number) =>
    startServer({
      port,
      dataDir: "",
      env: {
        DATABASE_URL: postgres.url,
        REDIS_URL: redis.url,
        AUTH_SECRET: TEST_SECRET,
        METRICS_TOKEN,
        // Not nginx's address: whether a page is one of our own must be seen from what nginx passes on.
        PUBLIC_URL: "https://quiz.example.org",
        DRAIN_SECONDS: "1",
      },
    });

  beforeAll(async () => {
    postgres = await createPostgres(binaries ?? "", await freePort());
    await postgres.start();
    redis = await startRedis();
    ports = [await freePort(), await freePort()];
    servers = await Promise.all([start(ports[0]), start(ports[1])]);
    nginx = await startNginx(ports);
    api = createQuizApi(nginx.url);
    host = await api.signUp();
  }, 2 * MINUTE);

  afterAll(async () => {
    await stopAll();
    await nginx?.stop();
    for (const server of servers ?? []) await server.stop("SIGTERM");
    await redis?.remove();
    await postgres?.remove();
  }, MINUTE);

  test(
    "I2, I4, I5: a game goes on through a reload of nginx and the death of one server, then of both",
    async () => {
      const quiz = await api.createQuiz(host);
      const session = await api.open(host, quiz.id);
      const players = await Promise.all(
        Array.from({ length: PLAYERS }, (_, n) => join(api, nginx.url, session.code, `player ${n}`)),
      );
      const answer = (index: number, who = players) => {
        const question = quiz.questions[index]!;
        const { right, wrong } = answersTo(question);
        return Promise.all(who.map((player, n) => player.answer(question.id, n % 3 === 0 ? wrong : right)));
      };
      const next = (after: number) =>
        api.command("nextQuestion", session.id, host, quiz.questions[after]?.id);

      await api.command("startSession", session.id, host);
      await answer(0);
      await next(0);

      await answer(1, players.slice(0, 4));
      await nginx.reload();
      // The old workers still hold the game's sockets; the new ones take what is new.
      const late = await join(api, nginx.url, session.code, "came late");
      await answer(1, [...players.slice(4), late]);
      expect(players.map((player) => player.connections())).toEqual(players.map(() => 1));
      expect(nginx.workers()).toBeGreaterThan(1);
      await next(1);

      const all = [...players, late];
      const answering = answer(2, all);
      await servers[0].stop("SIGKILL");
      // Nobody who asks meets the dead server, by POST either.
      for (let asked = 0; asked < 20; asked++) await api.session(session.code);
      await answering;
      // Both servers had players; those of the dead one have come back to the other.
      const came = all.map((player) => player.connections());
      expect(came.some((count) => count > 1)).toBe(true);
      expect(came.some((count) => count === 1)).toBe(true);
      await next(2);

      await servers[1].stop("SIGKILL");
      // Everybody tries to come back meanwhile.
      servers = await Promise.all([start(ports[0]), start(ports[1])]);
      // As soon as the servers answer, nginx believes it.
      for (let asked = 0; asked < 20; asked++) await api.session(session.code);
      await answer(3, all);
      await api.command("finishSession", session.id, host);
      for (const player of all) {
        const own = ({ leaderboardUpdated }: { leaderboardUpdated: Board }) =>
          leaderboardUpdated.entries.find(({ attemptId }) => attemptId === player.attemptId)?.score;
        // Waits for what was acknowledged to the player to be what everyone sees.
        await player.leaderboard.until((message) => own(message) === player.points());
        const versions = player.leaderboard.messages.map(
          ({ leaderboardUpdated }) => leaderboardUpdated.version,
        );
        expect(versions).toEqual([...versions].sort((a, b) => a - b));
      }
      await Promise.all(all.map((player) => player.leave()));
    },
    3 * MINUTE,
  );

  const SESSION =
    "subscription ($code: String!) { sessionUpdated(code: $code, counts: true) { playerCount } }";
  interface Updated {
    readonly sessionUpdated: { readonly playerCount: number };
  }

  test("server-sent events arrive when they happen", async () => {
    const { code } = await api.open(host, (await api.createQuiz(host)).id);
    const events = watchEvents<Updated>(nginx.url, SESSION, { code });
    await events.until(({ sessionUpdated }) => sessionUpdated.playerCount === 0);
    await api.join(code, "Ana");
    await events.until(({ sessionUpdated }) => sessionUpdated.playerCount === 1);
    await events.stop();
  });

  test(
    "the servers' pings keep quiet connections open, longer than nginx waits for a word",
    async () => {
      const patience = 14_000;
      const impatient = await startNginx(ports, {
        "proxy_read_timeout 60s": `proxy_read_timeout ${patience}ms`,
      });
      try {
        const { code } = await api.open(host, (await api.createQuiz(host)).id);
        const client = connect(impatient.url);
        let connections = 0;
        client.on("connected", () => {
          connections += 1;
        });
        const watches = [
          watchSocket<Updated>(client, SESSION, { code }),
          watchEvents<Updated>(impatient.url, SESSION, { code }),
        ];
        for (const watch of watches) await watch.until(() => true);
        await sleep(2.2 * patience);
        await api.join(code, "Ana");
        for (const watch of watches) {
          await watch.until(({ sessionUpdated }) => sessionUpdated.playerCount === 1);
          await watch.stop();
        }
        expect(connections).toBe(1);
        await client.dispose();
      } finally {
        await impatient.stop();
      }
    },
    2 * MINUTE,
  );

  test("nobody reads the servers' figures through it, however the path is written", async () => {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    const direct = await fetch(`${servers[0].url}/metrics`, { headers });
    expect([direct.status, (await direct.text()).includes("# HELP")]).toEqual([200, true]);
    for (const path of [
      "/metrics",
      "/metrics?a=b",
      "/%6detrics",
      "//metrics",
      "/./metrics",
      "/a/../metrics",
    ]) {
      // As it is: fetch would tidy the path up.
      const [reply] = (await once(
        get({ host: "127.0.0.1", port: nginx.port, path, headers }),
        "response",
      )) as [IncomingMessage];
      reply.resume();
      expect([path, reply.statusCode]).toEqual([path, 404]);
    }
  });

  test("a page of our own may use its cookie on a WebSocket, on a port of its own too; no other page", async () => {
    const opened = async (origin: string) => {
      const socket = new WebSocket(`${nginx.url}/graphql`, "graphql-transport-ws", {
        origin,
        headers: { cookie: "some=cookie" },
      });
      const outcome = await new Promise<string>((resolve) => {
        socket.on("open", () => resolve("open"));
        socket.on("error", ({ message }) => resolve(message));
      });
      socket.terminate();
      return outcome;
    };
    expect(await opened(nginx.url)).toBe("open");
    expect(await opened("https://quiz.example.org")).toBe("open");
    expect(await opened("https://elsewhere.example.org")).toContain("403");
  });

  test("operations as large as the servers take pass, and pages come compressed", async () => {
    const query = "query ($code: String!) { session(code: $code) { state } }";
    const body = JSON.stringify({
      query,
      variables: { code: "000000" },
      extensions: { a: "a".repeat(1_900_000) },
    });
    const answer = await fetch(`${nginx.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${host}` },
      body,
    });
    expect(await answer.json()).toEqual({ data: { session: null } });

    const page = await fetch(nginx.url, { headers: { "accept-encoding": "br" } });
    expect(page.headers.get("content-encoding")).toBe("br");
    expect(await page.text()).toContain("<html");
  });
});
