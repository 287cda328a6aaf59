/** How many connections each address holds. */
export interface SocketCounts {
  /** Whether there is room for one more; where there is, it is counted until `left`. */
  entered(address: string): boolean;
  left(address: string): void;
}

export function createSocketCounts(most: number): SocketCounts {
  const counts = new Map<string, number>();
  return {
    entered(address) {
      const count = counts.get(address) ?? 0;
      if (count >= most) return false;
      counts.set(address, count + 1);
      return true;
    },
    left(address) {
      const count = (counts.get(address) ?? 1) - 1;
      if (count > 0) counts.set(address, count);
      else counts.delete(address);
    },
  };
}
