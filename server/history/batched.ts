import DataLoader from "dataloader";

/**
 * Reads together what is asked for in one turn of the event loop, so that a list within a list costs one statement and not one
 * for each of its items. `read` is given the keys that share a request, and resolves to what it found by key.
 */
export function batched<Key extends string, Request, Result>(
  read: (keys: readonly Key[], request: Request) => Promise<ReadonlyMap<Key, Result>>,
  absent: Result,
): (key: Key, request: Request) => Promise<Result> {
  const loader = new DataLoader<{ readonly key: Key; readonly request: Request }, Result>(
    async (asked) => {
      const alike = new Map<string, { readonly keys: Set<Key>; readonly request: Request }>();
      const nameOf = (request: Request) => JSON.stringify(request) ?? "";
      for (const { key, request } of asked) {
        const group = alike.get(nameOf(request)) ?? { keys: new Set<Key>(), request };
        group.keys.add(key);
        alike.set(nameOf(request), group);
      }
      const found = new Map<string, ReadonlyMap<Key, Result>>();
      await Promise.all(
        Array.from(alike, async ([name, { keys, request }]) =>
          found.set(name, await read([...keys], request)),
        ),
      );
      return asked.map(({ key, request }) => found.get(nameOf(request))?.get(key) ?? absent);
    },
    { cache: false },
  );
  return (key, request) => loader.load({ key, request });
}
