import { BlockList, isIP, isIPv4 } from "node:net";

/** Where a request came from, decided from the TCP connection. */
export interface ClientAddress {
  /** The other end of the TCP connection. */
  peer: string;
  /** The person's address: the peer, or what a listed proxy says about it. */
  client: string;
  /**
   * `direct`: the client is the peer. `proxy`: a listed proxy named the client. `unclear`: somebody
   * not listed sent a forwarding header, or a listed proxy named nobody, or nonsense; such a
   * request may never skip the login.
   */
  route: "direct" | "proxy" | "unclear";
}

/** Networks an address can be in. */
export interface Networks {
  contains: (address: string) => boolean;
  /** Entries that are neither an address nor a network such as 10.0.0.0/8. */
  wrong: string[];
}

/** Parses addresses and CIDR networks separated by commas or white space. */
export function parseNetworks(text: string): Networks {
  const list = new BlockList();
  const wrong: string[] = [];
  for (const entry of text.split(/[\s,;]+/).filter((part) => part !== "")) {
    const [base = "", prefix, ...rest] = entry.split("/");
    const address = parseAddress(base);
    const family = address !== null && isIPv4(address) ? "ipv4" : "ipv6";
    const bits = prefix === undefined ? undefined : Number(prefix);
    const most = family === "ipv4" ? 32 : 128;
    if (address === null || rest.length > 0) wrong.push(entry);
    else if (bits === undefined) list.addAddress(address, family);
    else if (prefix !== "" && Number.isInteger(bits) && bits >= 0 && bits <= most) {
      list.addSubnet(address, bits, family);
    } else wrong.push(entry);
  }
  return {
    wrong,
    contains: (text) => {
      const address = parseAddress(text);
      return address !== null && list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
    },
  };
}

/**
 * The plain form of an address as found in a socket or a header: no port, brackets, zone or
 * IPv4-mapped prefix. Null for anything that is no address.
 */
export function parseAddress(text: string): string | null {
  let address = text.trim().replace(/^"(.*)"$/, "$1");
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(address);
  if (bracketed?.[1] !== undefined) address = bracketed[1];
  else if (/^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}$/.test(address)) {
    address = address.slice(0, address.indexOf(":"));
  }
  address = address.replace(/%[\w.-]+$/, "").toLowerCase();
  const mapped = /^(?:0{0,4}:){1,5}:?(?:0{1,4}:)*ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address);
  if (mapped?.[1] !== undefined && isIPv4(mapped[1]) && isIP(address) === 6) return mapped[1];
  const mappedHex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (mappedHex?.[1] !== undefined && mappedHex[2] !== undefined) {
    const [high, low] = [Number.parseInt(mappedHex[1], 16), Number.parseInt(mappedHex[2], 16)];
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return isIP(address) === 0 ? null : address;
}

/**
 * Decides who the client is. `forwardedFor` is the X-Forwarded-For text, if any; it counts only
 * when the peer is a listed proxy, and is read from the right, past further listed proxies.
 * `forwarded` says whether any forwarding header was sent.
 */
export function decideClient(input: {
  peer: string;
  forwardedFor: string | undefined;
  forwarded: boolean;
  trusted: Networks;
}): ClientAddress {
  const peer = parseAddress(input.peer) ?? input.peer;
  if (!input.trusted.contains(peer)) {
    return { peer, client: peer, route: input.forwarded ? "unclear" : "direct" };
  }
  const chain = (input.forwardedFor ?? "").split(",").filter((part) => part.trim() !== "");
  let client: string | null = null;
  for (const part of chain.reverse()) {
    const address = parseAddress(part);
    if (address === null) return { peer, client: client ?? peer, route: "unclear" };
    client = address;
    if (!input.trusted.contains(address)) break;
  }
  return client === null
    ? { peer, client: peer, route: "unclear" }
    : { peer, client, route: "proxy" };
}

/** Shared by the stamping code and the application, which are bundled apart in one process. */
interface StampState {
  /** Name of the header that carries the stamp: random for each process. */
  headerName: string;
  trusted: Networks;
}

const stampKey = Symbol.for("bingealert.peer-stamp");
const holder = globalThis as { [stampKey]?: StampState };

/** The stamp of this process; undefined when requests are not stamped. */
export function stampState(): StampState | undefined {
  return holder[stampKey];
}

/** Begins stamping under `headerName`, with the proxies that are trusted from the start. */
export function beginStamping(headerName: string, trustedProxies: string): StampState {
  const state = { headerName, trusted: parseNetworks(trustedProxies) };
  holder[stampKey] = state;
  return state;
}

/** Applies a changed TRUSTED_PROXIES setting to the requests that follow. */
export function setTrustedProxies(text: string): void {
  if (holder[stampKey]) holder[stampKey].trusted = parseNetworks(text);
}

/**
 * The address stamped on a request, from its headers. Null when there is no stamp: the request did
 * not come through our server, so refuse it.
 */
export function readClientAddress(headers: {
  get: (name: string) => string | null;
}): ClientAddress | null {
  const name = holder[stampKey]?.headerName;
  const stamp = name === undefined ? null : headers.get(name);
  if (stamp === null) return null;
  const [route, peer, client] = stamp.split(" ");
  if (peer === undefined || client === undefined) return null;
  if (route !== "direct" && route !== "proxy" && route !== "unclear") return null;
  return { peer, client, route };
}

/** The header value that {@link readClientAddress} reads. */
export function formatStamp({ route, peer, client }: ClientAddress): string {
  return `${route} ${peer} ${client}`;
}
