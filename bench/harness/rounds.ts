export type Contestants<Figures> = Readonly<Record<string, () => Promise<Figures>>>;

/**
 * Runs each contestant once in each round, one at a time, and every other round backwards: what the machine does
 * meanwhile, and what one leaves behind for the next, meets all of them alike. Figures come in the order of rounds.
 */
export async function alternate<Figures>(
  contestants: Contestants<Figures>,
  rounds: number,
  onDone: (name: string, round: number, figures: Figures) => void = () => {},
): Promise<Readonly<Record<string, readonly Figures[]>>> {
  const names = Object.keys(contestants);
  const all: Record<string, Figures[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const name of round % 2 === 1 ? names : names.toReversed()) {
      const figures = await contestants[name]?.();
      if (figures === undefined) continue;
      all[name]?.push(figures);
      onDone(name, round, figures);
    }
  }
  return all;
}
