import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { questions } from "../fixtures/quizInput.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Joined, Quiz, Session } from "./shapes.ts";

const TITLE = '=HYPERLINK("http://evil.example","Wörter, „neu“")';
const PROMPT = 'Was heißt "tiny",\nund 😀 <b>&amp;</b> _x0041_?';

let app: TestApp;
let api: QuizApi;
let host: string;
let learner: string;
let stranger: string;
let quiz: Quiz;
let session: Session;
let zoe: Joined;
let duringThird: Record<string, unknown>[];

const get = (path: string, token?: string, options: RequestInit = {}) =>
  fetch(path.startsWith("http") ? path : `${app.url}/export/${path}`, {
    ...options,
    headers: { ...options.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  });
const lines = async (path: string, token: string) =>
  (await (await get(path, token)).text())
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** RFC 4180, the way a stranger would read it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'));
    if (end !== "\r\n") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
const records = (text: string) => {
  const [header = [], ...rows] = parseCsv(text.replace(/^\uFEFF/, ""));
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
};

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  [host, learner, stranger] = [await api.signUp("Host"), await api.signUp("Learner"), await api.signUp()];
  const { single, multiple, typed, order } = questions;
  quiz = await api.createQuiz(host, {
    title: TITLE,
    questions: [{ ...single, prompt: PROMPT }, { ...multiple }, typed, order],
  });
  session = await api.open(host, quiz.id, { scoring: "ACCURACY" });
  zoe = await api.join(session.code, "Zoë ✨");
  const signedIn = await api.join(session.code, "Learner", learner);
  const removed = await api.join(session.code, "Gone");
  const [first, second, third] = quiz.questions.map(answersTo);
  await api.command("startSession", session.id, host);
  await api.answer(zoe.playerToken, quiz.questions[0]!.id, first!.right);
  await api.answer(signedIn.playerToken, quiz.questions[0]!.id, first!.wrong);
  await api.command("removePlayer", removed.attempt.id, host);
  await api.command("closeQuestion", session.id, host);
  await api.command("nextQuestion", session.id, host);
  await api.answer(signedIn.playerToken, quiz.questions[1]!.id, second!.right);
  await api.command("closeQuestion", session.id, host);
  await api.command("nextQuestion", session.id, host);
  await api.answer(zoe.playerToken, quiz.questions[2]!.id, { text: "=Grey" });
  duringThird = await lines(`answers.ndjson?session=${session.id}`, host);
  await api.command("closeQuestion", session.id, host);
  await api.answered(zoe.playerToken, quiz.questions[2]!.id, third!.right);
  await api.command("finishSession", session.id, host);
});
afterAll(() => app.stop());

describe("answers", () => {
  test("have a row for each question that is over for a player, answered or skipped", async () => {
    const rows = await lines(`answers.ndjson?session=${session.id}`, host);
    expect(
      rows.map((row) => [row["nickname"], row["question_number"], row["skipped"], row["points"]]),
    ).toEqual([
      ["Zoë ✨", 1, false, 1000],
      ["Zoë ✨", 2, true, 0],
      ["Zoë ✨", 3, false, 0],
      ["Learner", 1, false, 0],
      ["Learner", 2, false, 1000],
      ["Learner", 3, true, 0],
    ]);
    expect(rows[0]).toEqual({
      attempt_id: zoe.attempt.id,
      nickname: "Zoë ✨",
      user_id: null,
      attempt_status: "FINISHED",
      joined_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      session_id: session.id,
      session_code: session.code,
      pacing: "HOST_PACED",
      scoring: "ACCURACY",
      quiz_id: quiz.id,
      quiz_version_id: expect.any(String),
      quiz_title: TITLE,
      question_number: 1,
      question_id: quiz.questions[0]!.id,
      question_kind: "SINGLE_CHOICE",
      prompt: PROMPT,
      right_answer: "tiny",
      given_answer: "tiny",
      given_choice_ids: quiz.questions[0]!.choices[0]!.id,
      ...{ skipped: false, correct: true, share: 1, points: 1000, base_points: 1000, speed: 1 },
      ...{ streak: 1, streak_bonus: 0, elapsed_ms: expect.any(Number) },
      answered_at: expect.stringMatching(/Z$/),
    });
    expect(rows[1]).toMatchObject({ given_answer: "", answered_at: null, correct: false, speed: null });
    expect(rows[4]).toMatchObject({ given_answer: "plum | pear", right_answer: "plum | pear" });
    expect(rows[5]).toMatchObject({ right_answer: "grey | gray" });
  });

  test("tell nothing of a question that is still open", () => {
    expect(new Set(duringThird.map((row) => row["question_number"]))).toEqual(new Set([1, 2]));
  });

  test("are CSV that Excel opens, in which no text is a formula", async () => {
    const response = await get(`answers.csv?session=${session.id}`, host);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="answers-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows = records(bytes.toString());
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({ quiz_title: `'${TITLE}`, prompt: PROMPT, points: "1000", user_id: "" });
    expect(rows[2]).toMatchObject({ given_answer: "'=Grey", correct: "false" });
    const bare = await (await get(`answers.csv?session=${session.id}&bom=false`, host)).text();
    expect(bare.startsWith("attempt_id,")).toBe(true);
  });

  test("are a workbook whose cells are texts, numbers and dates", async () => {
    const response = await get(`answers.xlsx?session=${session.id}`, host);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const xml = (name: string) => Buffer.from(files[name]!).toString();
    const cells = xml("xl/worksheets/sheet1.xml")
      .split("<row>")
      .slice(1)
      .map((row) => [...row.matchAll(/<c\/>|<c[^>]*>(.*?)<\/c>/gs)].map(([cell]) => cell));
    expect(cells).toHaveLength(7);
    const [header, first] = cells.map((row) => row.map((cell) => cell.replaceAll(/<[^>]+>/g, "")));
    const at = (name: string) => first![header!.indexOf(name)];
    expect(new Set(cells.map((row) => row.length))).toEqual(new Set([header!.length]));
    expect(at("quiz_title")).toBe(TITLE.replaceAll(">", "&gt;"));
    expect(at("prompt")).toBe('Was heißt "tiny",\nund 😀 &lt;b&gt;&amp;amp;&lt;/b&gt; _x005F_x0041_?');
    expect(at("points")).toBe("1000");
    expect(cells[1]![header!.indexOf("user_id")]).toBe("<c/>");
    const [row] = await lines(`answers.ndjson?session=${session.id}`, host);
    const days = Number(at("answered_at"));
    expect(Math.round((days - 25_569) * 86_400_000)).toBe(Date.parse(String(row!["answered_at"])));
    expect(xml("xl/worksheets/sheet1.xml")).not.toContain("<f>");
    expect(xml("xl/worksheets/sheet1.xml")).toContain('state="frozen"');
    expect(xml("xl/worksheets/sheet2.xml")).toContain("elapsed_ms");
    expect(xml("xl/workbook.xml")).toContain('<sheet name="dictionary" sheetId="2" r:id="rId2"/>');
  });

  test("are xAPI statements that keep their ids", async () => {
    const read = async () =>
      (await (await get(`answers.xapi.json?session=${session.id}`, host)).json()) as Record<
        string,
        unknown
      >[];
    const statements = await read();
    expect(statements).toHaveLength(4);
    const [row] = await lines(`answers.ndjson?session=${session.id}`, host);
    const choices = quiz.questions[0]!.choices.map(({ id, text }) => ({ id, description: { und: text } }));
    expect(statements[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      actor: {
        objectType: "Agent",
        name: "Zoë ✨",
        account: { homePage: app.url, name: expect.stringMatching(/^attempt:/) },
      },
      verb: { id: "http://adlnet.gov/expapi/verbs/answered", display: { en: "answered" } },
      object: {
        objectType: "Activity",
        id: expect.stringContaining(`${app.url}/xapi/question/`),
        definition: {
          type: "http://adlnet.gov/expapi/activities/cmi.interaction",
          name: { und: PROMPT },
          interactionType: "choice",
          correctResponsesPattern: [choices[0]!.id],
          choices,
        },
      },
      result: {
        response: choices[0]!.id,
        success: true,
        score: { scaled: 1, raw: 1000 },
        duration: `PT${Number(row!["elapsed_ms"]) / 1000}S`,
      },
      context: expect.objectContaining({ registration: expect.any(String) }),
      timestamp: row!["answered_at"],
    });
    const typed = statements.find(({ result }) => (result as { response: string }).response === "=Grey");
    expect(typed?.["object"]).toMatchObject({
      definition: {
        interactionType: "fill-in",
        correctResponsesPattern: ["{case_matters=false}grey", "{case_matters=false}gray"],
      },
    });
    expect((await read()).map(({ id }) => id)).toEqual(statements.map(({ id }) => id));
  });
});

describe("attempts and statistics", () => {
  test("have a row for each attempt, removed ones too", async () => {
    const rows = records(await (await get(`attempts.csv?quiz=${quiz.id}`, host)).text());
    expect(rows.map((row) => [row["nickname"], row["attempt_status"], row["rank"], row["score"]])).toEqual([
      ["Zoë ✨", "FINISHED", "1", "1000"],
      ["Learner", "FINISHED", "1", "1000"],
      ["Gone", "REMOVED", "0", "0"],
    ]);
    expect(rows[0]).toMatchObject({ questions_over: "3", answered_count: "2", session_state: "FINISHED" });
  });

  test("are filtered as the attempts of the API are", async () => {
    const names = async (query: string) =>
      (await lines(`attempts.ndjson?${query}`, host)).map((row) => row["nickname"]);
    expect(await names("nickname=learner")).toEqual(["Learner"]);
    expect(await names("minScore=1&from=2020-01-01")).toEqual(["Zoë ✨", "Learner"]);
    expect(await names("to=2020-01-01T00:00:00Z")).toEqual([]);
    expect(await names("quiz=nonsense")).toEqual([]);
  });

  test("are those of the API's own statistics, of a quiz or a session", async () => {
    for (const of of [`quiz=${quiz.id}`, `session=${session.id}`]) {
      const rows = await lines(`statistics.ndjson?${of}`, host);
      expect(rows).toHaveLength(4);
      expect(rows[0]).toMatchObject({ attempt_count: 2, answer_count: 2, facility: 0.5, small_sample: true });
      expect(rows[1]).toMatchObject({ asked_count: 2, skipped_count: 1, whole_small_sample: true });
    }
    const choices = records(await (await get(`distractors.csv?session=${session.id}`, host)).text());
    expect(choices.map((row) => row["picked_count"])).toEqual(["1", "1", "0", "1", "1", "0"]);
  });

  test("are described by a dictionary that has every column, in their order", async () => {
    const tables = (await (await get("dictionary.json")).json()) as {
      name: string;
      columns: { name: string }[];
    }[];
    for (const { name, columns } of tables) {
      const text = await (await get(`${name}.csv?session=${session.id}&bom=false`, host)).text();
      expect(parseCsv(text)[0]).toEqual(columns.map((column) => column.name));
    }
    expect(records(await (await get("dictionary.csv")).text())).toHaveLength(
      tables.flatMap(({ columns }) => columns).length,
    );
  });
});

describe("who may", () => {
  const created = async (input: object, token: string) =>
    (
      await api.query<{ createExport: { __typename: string; url: string; message: string } }>(
        `mutation ($input: CreateExportInput!) { createExport(input: $input) { __typename
          ... on CreateExportSuccess { url expiresAt } ... on Error { message } } }`,
        { input },
        token,
      )
    ).createExport;
  const errorOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { error: { code: string } }).error.code,
  ];

  test("a host has their own sessions' data, a learner their own attempts, a stranger nothing", async () => {
    const names = async (token: string) =>
      (await lines("attempts.ndjson", token)).map((row) => row["nickname"]);
    expect(await names(learner)).toEqual(["Learner"]);
    expect((await lines("answers.ndjson", learner)).every((row) => row["nickname"] === "Learner")).toBe(true);
    expect(await names(stranger)).toEqual([]);
    for (const path of ["statistics.csv", "distractors.xlsx"]) {
      expect(await errorOf(await get(`${path}?quiz=${quiz.id}`, stranger))).toEqual([404, "NOT_FOUND"]);
      expect(await errorOf(await get(`${path}?session=${session.id}`, learner))).toEqual([404, "NOT_FOUND"]);
    }
  });

  test("whoever shows nothing, or what is not valid, is refused in words, before a file begins", async () => {
    expect(await errorOf(await get("answers.csv"))).toEqual([401, "UNAUTHENTICATED"]);
    expect(await errorOf(await get("answers.csv", "nonsense"))).toEqual([401, "UNAUTHENTICATED"]);
    expect(await errorOf(await get("answers.csv", zoe.playerToken))).toEqual([403, "FORBIDDEN"]);
    expect(await errorOf(await get("answers.pdf", host))).toEqual([404, "NOT_FOUND"]);
    expect(await errorOf(await get("attempts.xapi.json", host))).toEqual([404, "NOT_FOUND"]);
    for (const query of ["form=1", "from=yesterday", "minScore=-1", "bom=1", "quiz=a&quiz=b"]) {
      expect(await errorOf(await get(`answers.csv?${query}`, host))).toEqual([400, "BAD_USER_INPUT"]);
    }
    expect(await errorOf(await get("statistics.csv", host))).toEqual([400, "BAD_USER_INPUT"]);
    expect((await get("answers.csv", host, { method: "POST" })).status).toBe(405);
    const head = await get("answers.csv", host, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("an API key reads what its user may, if it may read the history", async () => {
    const rows = await lines("attempts.ndjson", await api.apiKey(host));
    expect(rows).toHaveLength(3);
    const { createApiKey } = await api.query<{ createApiKey: { key: string } }>(
      `mutation { createApiKey(input: { name: "author", scopes: [MANAGE_QUIZZES] }) { ... on CreateApiKeySuccess { key } } }`,
      {},
      host,
    );
    expect(await errorOf(await get("attempts.csv", createApiKey.key))).toEqual([403, "FORBIDDEN"]);
    const input = { table: "ANSWERS", format: "CSV" };
    expect((await created(input, createApiKey.key)).__typename).toBe("ForbiddenError");
  });

  test("a link gives its file to whoever has it, until it is over, and nothing else", async () => {
    const filter = { sessionId: session.id, joinedAfter: "2020-01-01T00:00:00Z" };
    const { url } = await created({ table: "ANSWERS", format: "NDJSON", filter }, host);
    expect(url.startsWith(`${app.url}/export/answers.ndjson?token=`)).toBe(true);
    const linked = await (await get(url)).text();
    expect(linked).toBe(await (await get(`answers.ndjson?session=${session.id}`, host)).text());
    const refused = [401, "UNAUTHENTICATED"];
    expect(await errorOf(await get(url.replace("answers", "attempts")))).toEqual(refused);
    expect(await errorOf(await get(`${url}&nickname=x`))).toEqual(refused);
    const [head, payload, signature] = new URL(url).searchParams.get("token")!.split(".");
    const claims = JSON.parse(Buffer.from(payload!, "base64url").toString()) as {
      request: { filter: object };
    };
    claims.request.filter = {};
    const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
    expect(await errorOf(await get(`answers.ndjson?token=${head}.${forged}.${signature}`))).toEqual(refused);
    expect(await errorOf(await get(`answers.ndjson?token=${zoe.playerToken}`))).toEqual(refused);
    expect(await api.codes("{ viewer { id } }", {}, `${head}.${payload}.${signature}`)).not.toEqual([]);
    app.clock.holdAt(Date.now() + 16 * 60 * 1000);
    expect(await errorOf(await get(url))).toEqual(refused);
    app.clock.release();
  });

  test("a link is for users, and for what can be written", async () => {
    const input = { table: "ATTEMPTS", format: "XAPI" };
    expect((await created(input, host)).__typename).toBe("ValidationError");
    expect((await created(input, zoe.playerToken)).__typename).toBe("UnauthenticatedError");
  });
});
