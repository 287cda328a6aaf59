import type { Client } from "graphql-ws";

interface Message<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** A subscription that is being followed, and all that it has brought so far. */
export interface Watch<Data> {
  readonly messages: readonly Data[];
  /** The codes of the errors that it ended with. */
  readonly errors: readonly (string | undefined)[];
  /** The newest message that the condition holds for, once there is one; rejects where it ends before. */
  until(holds: (message: Data) => boolean): Promise<Data>;
  /** Resolves once the server has ended it. */
  readonly over: Promise<void>;
  stop(): Promise<void>;
}

const open = new Set<() => Promise<void>>();

/** Ends everything that is being followed. */
export async function stopAll(): Promise<void> {
  await Promise.all([...open].map((stop) => stop()));
}

function collect<Data>(source: AsyncIterable<Message<Data>>, stop: () => Promise<void>): Watch<Data> {
  const messages: Data[] = [];
  const errors: (string | undefined)[] = [];
  let ended = false;
  let wake = () => {};
  open.add(stop);
  const over = (async () => {
    try {
      for await (const message of source) {
        errors.push(...(message.errors ?? []).map(({ extensions }) => extensions?.code));
        if (message.data && !message.errors) messages.push(message.data);
        wake();
      }
    } catch (error) {
      if (Array.isArray(error)) errors.push(...error.map(({ extensions }) => extensions?.code));
    }
    ended = true;
    open.delete(stop);
    wake();
  })();
  return {
    messages,
    errors,
    over,
    stop,
    async until(holds) {
      for (;;) {
        const found = messages.findLast(holds);
        if (found) return found;
        if (ended) throw new Error(`It ended: ${JSON.stringify({ messages, errors })}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

type Values = Record<string, unknown>;

/** Follows a subscription, or runs any other operation, over a WebSocket. */
export function watchSocket<Data>(client: Client, query: string, variables: Values = {}): Watch<Data> {
  const updates = client.iterate<Data>({ query, variables }) as AsyncIterableIterator<Message<Data>>;
  return collect(updates, async () => void (await updates.return?.()));
}

/** Follows a subscription over server-sent events. */
export function watchEvents<Data>(
  url: string,
  query: string,
  variables: Values = {},
  token?: string,
): Watch<Data> {
  const abort = new AbortController();
  async function* events(): AsyncGenerator<Message<Data>> {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: abort.signal,
    });
    if (!response.headers.get("content-type")?.startsWith("text/event-stream") || !response.body) {
      throw new Error(`No events: ${response.status} ${await response.text()}`);
    }
    let text = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const whole = text.split("\n\n");
      text = whole.pop() ?? "";
      for (const event of whole) {
        const data = /^data: (.+)$/m.exec(event)?.[1];
        if (/^event: next$/m.test(event) && data) yield JSON.parse(data) as Message<Data>;
        if (/^event: complete$/m.test(event)) return;
      }
    }
  }
  return collect(events(), async () => abort.abort());
}
