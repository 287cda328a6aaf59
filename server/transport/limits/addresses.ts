import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";
import proxyAddr from "proxy-addr";

/** The network that a request comes from, as a key for counting. */
export type AddressOf = (request: IncomingMessage) => string;

export interface AddressOptions {
  /** Addresses, networks (10.0.0.0/8) or proxy-addr's names (loopback, uniquelocal) whose X-Forwarded-For counts. */
  readonly trustedProxies: readonly string[];
  /** Told once, where somebody forwards requests who is not trusted: all that come that way count as one. */
  readonly onUntrustedProxy?: (proxy: string) => void;
}

/** What was worked out is kept for so many pairs of a proxy and what it says, as long as that is short. */
const KEPT = 10_000;
const KEPT_CHARACTERS = 100;

/** @throws TypeError where one of the trusted proxies is no address */
export function createAddressOf({ trustedProxies, onUntrustedProxy }: AddressOptions): AddressOf {
  const trusts = proxyAddr.compile([...trustedProxies]);
  const kept = new Map<string, string>();
  let told = false;

  function forwardedBy(proxy: string, request: IncomingMessage): string {
    const key = `${proxy} ${request.headers["x-forwarded-for"]}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (!trusts(proxy, 0)) {
      if (!told) onUntrustedProxy?.(proxy);
      told = true;
      return networkOf(proxy);
    }
    const network = networkOf(proxyAddr(request, trusts));
    if (kept.size >= KEPT) kept.clear();
    if (key.length <= KEPT_CHARACTERS) kept.set(key, network);
    return network;
  }

  return (request) => {
    const peer = request.socket.remoteAddress;
    // The connection is over.
    if (peer === undefined) return "nobody";
    return request.headers["x-forwarded-for"] === undefined ? networkOf(peer) : forwardedBy(peer, request);
  };
}

/** Of IPv6, a household or a phone has a whole /64, so that counts as one address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return address.slice(0, 64);
  const [left = "", right] = plain.toLowerCase().split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const gap = right === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array.from({ length: gap }, () => "0"), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
