import { isLocalName } from "./access";
import type { FailureKind } from "./health";

/** A Plex Media Server of an account, as plex.tv lists it. */
export type PlexServer = {
  machineIdentifier: string;
  name: string;
  isOwned: boolean;
  /** Who shares it; null for one's own, and when plex.tv does not say. */
  sharedBy: string | null;
  /** Null when plex.tv does not say. */
  isOnline: boolean | null;
  /** It refuses plain http. */
  wantsHttps: boolean;
  /** What it lets this account in with; null when plex.tv does not say. */
  token: string | null;
  connections: PlexConnection[];
};

/** One way to a server. Addresses are what the server said of itself, its owner's own ones among them. */
type PlexConnection = {
  uri: string;
  address: string | null;
  port: number | null;
  isLocal: boolean;
  /** Through Plex's own servers: slow, and for playing only. */
  isRelay: boolean;
};

/** How an address leads to its server. */
export type PlexRoute = "local_http" | "local_https" | "remote_https";

export type PlexAddress = { url: string; route: PlexRoute };

/** An address, and what came back from it. */
export type TriedPlexAddress = PlexAddress & {
  answer:
    | { kind: "answers"; tookMs: number }
    /** Somebody else's server has the same address here. */
    | { kind: "another_server" }
    | { kind: "failed"; failure: FailureKind };
};

/** More than any real server has. */
const mostAddresses = 12;

/** Servers in the order they are offered: one's own first, then those that are on. */
export function orderServers(servers: readonly PlexServer[]): PlexServer[] {
  const rank = (server: PlexServer) =>
    (server.isOwned ? 0 : 2) + (server.isOnline === false ? 1 : 0);
  return [...servers].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The server to look at first, of those in order; null when somebody has to choose whose it is to be. */
export function proposeServer(servers: readonly PlexServer[]): PlexServer | null {
  const [first, ...others] = servers;
  return first && (first.isOwned || others.length === 0) ? first : null;
}

/** The token to ask a server with; null when there is none. What an account may do everywhere goes to its own servers only. */
export function tokenFor(server: PlexServer, accountToken: string): string | null {
  return server.token ?? (server.isOwned ? accountToken : null);
}

/**
 * Where a server may be reached, best first: plain http inside the network, which needs no name server and no
 * certificate, then https inside, then https from outside. Never the relay, and never http over the internet, where
 * the token could be read on the way.
 */
export function addressesOf(server: PlexServer): PlexAddress[] {
  const found = server.connections
    .filter(({ isRelay }) => !isRelay)
    .flatMap((connection) => [plainAddress(connection), givenAddress(connection)])
    .filter((address) => address !== null)
    .filter(({ route }) => route !== "local_http" || !server.wantsHttps);
  const best = (["local_http", "local_https", "remote_https"] as const).flatMap((route) =>
    found.filter((address) => address.route === route),
  );
  const urls = best.map(({ url }) => url);
  return best.filter(({ url }, at) => urls.indexOf(url) === at).slice(0, mostAddresses);
}

/** The address to propose: the best one that answers as this server. */
export function proposeAddress(tried: readonly TriedPlexAddress[]): string | null {
  return tried.find(({ answer }) => answer.kind === "answers")?.url ?? null;
}

/** plex.tv names addresses inside the network by a name of its own with a certificate; this is the bare one. */
function plainAddress({ address, port }: PlexConnection): PlexAddress | null {
  if (address === null || port === null) return null;
  const host = address.includes(":") ? `[${address}]` : address;
  return readAddress(`http://${host}:${port}`, true);
}

const givenAddress = ({ uri, isLocal }: PlexConnection) => readAddress(uri, isLocal);

function readAddress(text: string, isLocal: boolean): PlexAddress | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.password || url.search || url.hash) return null;
  const shown = `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`;
  if (url.protocol === "https:") {
    return { url: shown, route: isLocal ? "local_https" : "remote_https" };
  }
  if (url.protocol !== "http:" || !isInsideNetwork(url.hostname)) return null;
  return { url: shown, route: "local_http" };
}

const privateIpv4 = /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./;
const privateIpv6 = /^\[(::1|f[cd][0-9a-f]{2}:.*)\]$/;

/** Whether what is sent to a host stays inside somebody's network. */
function isInsideNetwork(host: string): boolean {
  if (host.startsWith("[")) return privateIpv6.test(host);
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return privateIpv4.test(host);
  return isLocalName(host);
}
