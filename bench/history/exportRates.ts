import { spawn } from "node:child_process";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { findPostgres } from "../harness/engines.ts";
import { median } from "../harness/figures.ts";
import { ownMemoryOf } from "../harness/procfs.ts";
import type { Product } from "../harness/product.ts";
import { alternate } from "../harness/rounds.ts";
import { copyOf, plainCopyOf } from "./copySql.ts";

const ROUNDS = 3;
const LINE_FEED = 10;
const MEMORY_EVERY_MS = 100;

export interface ExportRates {
  /** Rows a second: the median of the rounds. */
  readonly ours: number;
  readonly copy: number;
  readonly plainCopy: number;
  /** Megabytes of the server's own memory: before, and the most in each quarter of an export. */
  readonly memory: { readonly before: number; readonly quarters: readonly number[] };
}

/**
 * Exports all answers as CSV over HTTP, and copies them out of PostgreSQL with psql, in turns. Throws where the file has not
 * as many rows as there are answers.
 */
export async function measureExport(
  product: Product,
  databaseUrl: string,
  host: { readonly id: string; readonly token: string },
  answers: number,
): Promise<ExportRates> {
  const rows = await countRows(product, host.token);
  if (rows !== answers) throw new Error(`The file has ${rows} rows; there are ${answers} answers.`);
  const before = await product.memory();
  const quarters = [0, 0, 0, 0];
  const total = { bytes: 0 };
  const rate = async (work: () => Promise<void>) => {
    const began = performance.now();
    await work();
    return answers / ((performance.now() - began) / 1000);
  };
  const found = await alternate(
    {
      ours: () => rate(() => download(product, host.token, total, quarters)),
      copy: () => rate(() => psql(databaseUrl, copyOf(host.id))),
      plainCopy: () => rate(() => psql(databaseUrl, plainCopyOf(host.id))),
    },
    ROUNDS,
    (name, round, rowsPerSecond) =>
      console.log(`  round ${round}, ${name}: ${Math.round(rowsPerSecond).toLocaleString("en")} rows/s`),
  );
  const of = (name: string) => median(found[name] ?? []);
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  return {
    ours: of("ours"),
    copy: of("copy"),
    plainCopy: of("plainCopy"),
    memory: { before: megabytes(before), quarters: quarters.map(megabytes) },
  };
}

const CSV = "/export/answers.csv?bom=false";

async function open(product: Product, token: string): Promise<IncomingMessage> {
  const request = get(`${product.url}${CSV}`, { headers: { authorization: `Bearer ${token}` } });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`The export was answered with ${response.statusCode}.`);
  return response;
}

async function countRows(product: Product, token: string): Promise<number> {
  let rows = -1;
  for await (const chunk of await open(product, token)) {
    for (const byte of chunk as Buffer) if (byte === LINE_FEED) rows += 1;
  }
  return rows;
}

/** Reads a file to its end, and what memory the server has meanwhile. `total.bytes`: how long the file before it was. */
async function download(
  product: Product,
  token: string,
  total: { bytes: number },
  quarters: number[],
): Promise<void> {
  let bytes = 0;
  const look = setInterval(() => {
    if (total.bytes === 0) return;
    const quarter = Math.min(3, Math.floor((4 * bytes) / total.bytes));
    quarters[quarter] = Math.max(quarters[quarter] ?? 0, ownMemoryOf(product.pid));
  }, MEMORY_EVERY_MS);
  try {
    const response = await open(product, token);
    response.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    await once(response, "end");
  } finally {
    clearInterval(look);
  }
  total.bytes = bytes;
}

async function psql(databaseUrl: string, statement: string): Promise<void> {
  const child = spawn(join(findPostgres(), "psql"), [databaseUrl, "-X", "-q", "-c", statement], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`psql ended with ${code}`);
}
