/** A few values for each of many keys; what was used least of late is forgotten first. */
export interface KeySets {
  has(key: string, value: string): boolean;
  add(key: string, value: string): void;
}

export function createKeySets(limits: { readonly keys: number; readonly each: number }): KeySets {
  const sets = new Map<string, Set<string>>();

  function used(key: string): Set<string> | undefined {
    const set = sets.get(key);
    if (set === undefined) return undefined;
    sets.delete(key);
    sets.set(key, set);
    return set;
  }

  return {
    has: (key, value) => used(key)?.has(value) ?? false,
    add(key, value) {
      const set = used(key) ?? new Set();
      sets.set(key, set);
      set.delete(value);
      set.add(value);
      dropOldest(set, limits.each);
      dropOldest(sets, limits.keys);
    },
  };
}

function dropOldest(kept: Set<string> | Map<string, unknown>, most: number): void {
  const oldest = kept.keys().next();
  if (kept.size > most && !oldest.done) kept.delete(oldest.value);
}
