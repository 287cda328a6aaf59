/** A format that is text from beginning to end. */
export interface TextFormat<Row> {
  readonly before: string;
  /** Empty for a row that the format has no words for. */
  row(row: Row): string;
  readonly after: string;
}

/** In characters: small enough that writing one never keeps others waiting for long. */
const CHUNK = 64 * 1024;

/** Writes rows as text, in pieces of about one size. */
export async function* textChunks<Row>(
  pages: AsyncIterable<Iterable<Row>>,
  format: TextFormat<Row>,
): AsyncGenerator<string> {
  let text = format.before;
  for await (const page of pages) {
    for (const row of page) {
      text += format.row(row);
      if (text.length < CHUNK) continue;
      yield text;
      text = "";
    }
  }
  text += format.after;
  if (text !== "") yield text;
}

/** Reads the next page while the last one is written. */
export async function* readAhead<Page>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  const source = pages[Symbol.asyncIterator]();
  let next = source.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = source.next();
      // What goes wrong is told where it is waited for; nobody waits after the reader has gone.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await source.return?.();
  }
}
