import { BlockList, isIP } from "node:net";

// Where nothing on the public internet is: RFC 6890 and its successors.
const IPV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;

/** Within 2000::/3: what is set aside, and what carries an IPv4 address. All outside of it is not public. */
const IPV6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const notPublic = new BlockList();
for (const [net, bits] of IPV4) notPublic.addSubnet(net, bits, "ipv4");
for (const [net, bits] of IPV6) notPublic.addSubnet(net, bits, "ipv6");
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address is one that everyone on the internet means the same by. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !notPublic.check(address, "ipv4");
  return isIP(address) === 6 && global.check(address, "ipv6") && !notPublic.check(address, "ipv6");
}

/** Names that mean a machine of one's own, whatever a name server says. */
const OWN_NAME = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/;

export function isOwnName(hostname: string): boolean {
  return OWN_NAME.test(hostname) || !hostname.includes(".");
}
