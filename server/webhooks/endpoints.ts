import { Resolver } from "node:dns/promises";
import type { Agent } from "node:http";
import { isIP, type LookupFunction } from "node:net";
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";
import { isOwnName, isPublicAddress } from "./addresses.ts";

/** Which addresses messages may go to, and the way there. */
export interface Endpoints {
  /** Why this URL is refused; null where it is not. Looks its name up, for a moment; an unknown name may become known. */
  objection(url: string): Promise<string | null>;
  /** Why this URL is refused, whatever its name stands for. */
  plainObjection(url: string): string | null;
  /** For a request to this URL. The agent refuses addresses when it connects, so that a name cannot change its mind. */
  way(url: string): { readonly agent: Agent; readonly lookup?: LookupFunction };
}

export interface EndpointsOptions {
  /** WEBHOOK_ALLOW_PRIVATE: http and addresses of private networks, too. */
  readonly allowPrivate: boolean;
  /** Name servers to ask, instead of those of the machine. */
  readonly nameServers?: readonly string[];
}

/** Clouds tell secrets of the machine there. */
const METADATA = ["169.254.169.254", "fd00:ec2::254"];
/** Below are the protocols that a POST could be mistaken for: mail and the like. */
const FIRST_FREE_PORT = 1024;
const NAME_TIMEOUT_MS = 2000;

export function createEndpoints({ allowPrivate, nameServers }: EndpointsOptions): Endpoints {
  const filter = {
    ...{ allowPrivateIPAddress: allowPrivate, allowMetaIPAddress: false, denyIPAddressList: METADATA },
    keepAlive: false,
  };
  const agents = {
    http: new RequestFilteringHttpAgent(filter),
    https: new RequestFilteringHttpsAgent(filter),
  };
  const resolver = new Resolver({ timeout: NAME_TIMEOUT_MS, tries: 2 });
  if (nameServers) resolver.setServers(nameServers);

  function plainObjection(text: string): string | null {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !/^https?:$/.test(url.protocol)) return "This is not an address of the web.";
    if (url.protocol === "http:" && !allowPrivate) return "The address must begin with https://.";
    if (url.username !== "" || url.password !== "")
      return "The address must not carry a name or a password: messages are signed instead.";
    const port = Number(url.port);
    if (port !== 0 && port < FIRST_FREE_PORT && port !== 80 && port !== 443)
      return `The port must be 443, or from ${FIRST_FREE_PORT} on.`;
    if (allowPrivate) return null;
    const host = hostOf(url);
    const isPublic = isIP(host) === 0 ? !isOwnName(host) : isPublicAddress(host);
    return isPublic ? null : PRIVATE;
  }

  return {
    plainObjection,
    async objection(text) {
      const plain = plainObjection(text);
      if (plain !== null || allowPrivate) return plain;
      const host = hostOf(new URL(text));
      if (isIP(host) !== 0) return null;
      const found = await inTime(addressesOf(resolver, host));
      return found.every(({ address }) => isPublicAddress(address)) ? null : PRIVATE;
    },
    way(text) {
      const agent = text.startsWith("https:") ? agents.https : agents.http;
      return allowPrivate ? { agent } : { agent, lookup: lookupBy(resolver) };
    },
  };
}

const PRIVATE = "The address leads into a private network, where messages are not sent.";

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, "");

interface Found {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Empty where the name is not known. */
async function addressesOf(resolver: Resolver, name: string): Promise<Found[]> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return [
    ...(four.status === "fulfilled" ? four.value.map((address) => ({ address, family: 4 as const })) : []),
    ...(six.status === "fulfilled" ? six.value.map((address) => ({ address, family: 6 as const })) : []),
  ];
}

async function inTime(found: Promise<Found[]>): Promise<Found[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found[]>((resolve) => {
    timer = setTimeout(() => resolve([]), NAME_TIMEOUT_MS);
  });
  return Promise.race([found, late]).finally(() => clearTimeout(timer));
}

/**
 * Asks name servers without a thread: the system's own way takes one of the four that the process has, and passwords are hashed
 * there, so that a few names that nobody answers for would hold up every sign-in.
 */
function lookupBy(resolver: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    void addressesOf(resolver, hostname).then((found) => {
      const [first] = found;
      if (first === undefined)
        callback(Object.assign(new Error(`${hostname} is not known`), { code: "ENOTFOUND" }), "");
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}
