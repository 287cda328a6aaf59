/** How many slots a Redis Cluster has. */
const SLOTS = 16384;

/**
 * The slot of a Redis Cluster in which a key or a sharded channel lies: CRC-16/XMODEM of what stands between its first
 * braces, or of all of it. From the Redis Cluster specification, "Keys distribution model" and "Hash tags".
 */
export function slotOf(key: string): number {
  const open = key.indexOf("{");
  const close = open < 0 ? -1 : key.indexOf("}", open + 1);
  const hashed = close > open + 1 ? key.slice(open + 1, close) : key;
  let crc = 0;
  for (const byte of Buffer.from(hashed)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc % SLOTS;
}
