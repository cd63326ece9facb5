import { z } from "zod";
import type { PlexServer } from "@/lib/domain/plex-servers";
import { plexProduct } from "@/lib/domain/plex-sign-in";
import { list, optionalBoolean, optionalCount, optionalText } from "./answer-fields";
import { createHttpClient } from "./http";

/** A request to be let in, which somebody grants on a page of Plex. */
export type PlexPin = { pinId: number; code: string; lifetimeMs: number };

export type PlexPinState =
  | { kind: "waiting" }
  | { kind: "granted"; token: string }
  /** Expired, or never there. */
  | { kind: "gone" };

/** plex.tv, where accounts and the list of their servers are. Every call throws UpstreamError when it cannot be asked. */
export type PlexTvClient = {
  createPin(): Promise<PlexPin>;
  readPin(pinId: number): Promise<PlexPinState>;
  /** The servers an account owns or is let into; empty only when plex.tv says so. */
  listServers(token: string): Promise<PlexServer[]>;
};

export function createPlexTvClient(options: {
  url: string;
  /** Names this installation to Plex; stays the same. */
  clientId: string;
  /** Milliseconds, default 8 000. */
  timeoutMs?: number;
}): PlexTvClient {
  const httpWith = (token?: string) =>
    createHttpClient({
      service: "plex.tv",
      name: "plex.tv",
      url: options.url,
      headers: {
        "x-plex-product": plexProduct,
        "x-plex-client-identifier": options.clientId,
        ...(token === undefined ? {} : { "x-plex-token": token }),
      },
      timeoutMs: options.timeoutMs ?? 8_000,
      maxBytes: 2 * 1024 * 1024,
    });
  return {
    async createPin() {
      // A strong PIN is too long to be guessed or typed: only a link carries it.
      const { id, code, expiresIn } = await httpWith().post("api/v2/pins", pinAnswer, undefined, {
        strong: true,
      });
      return { pinId: id, code, lifetimeMs: (expiresIn ?? usualLifetime) * 1000 };
    },
    async readPin(pinId) {
      const pin = await httpWith().getOrNull(`api/v2/pins/${pinId}`, pinAnswer);
      if (pin === null) return { kind: "gone" };
      if (pin.authToken !== null) return { kind: "granted", token: pin.authToken };
      return pin.expiresIn === 0 ? { kind: "gone" } : { kind: "waiting" };
    },
    async listServers(token) {
      const query = { includeHttps: 1, includeRelay: 0 };
      const resources = await httpWith(token).get("api/v2/resources", resourcesAnswer, query);
      return resources.flatMap(toServer);
    },
  };
}

/** Seconds. */
const usualLifetime = 1800;

function toServer(resource: z.output<typeof resourceRecord>): PlexServer[] {
  const { clientIdentifier, name, provides, owned, connections } = resource;
  if (clientIdentifier === null || !provides?.split(",").includes("server")) return [];
  return [
    {
      machineIdentifier: clientIdentifier,
      name: name ?? clientIdentifier,
      isOwned: owned === true,
      sharedBy: owned === true ? null : resource.sourceTitle,
      isOnline: resource.presence,
      wantsHttps: resource.httpsRequired === true,
      token: resource.accessToken,
      connections: connections.flatMap(({ uri, address, port, local, relay }) =>
        uri === null
          ? []
          : [{ uri, address, port, isLocal: local === true, isRelay: relay === true }],
      ),
    },
  ];
}

/** One line of a header; more would be no token. */
const token = z
  .string()
  .regex(/^[\x21-\x7e]{1,2000}$/)
  .nullish()
  .transform((text) => text ?? null);

const pinAnswer = z.object({
  // They count beyond what the ids of a household do.
  id: z.number().int().positive(),
  code: z.string().min(1).max(200),
  expiresIn: optionalCount,
  authToken: token,
});

const resourceRecord = z.object({
  name: optionalText,
  clientIdentifier: optionalText,
  provides: optionalText,
  owned: optionalBoolean,
  sourceTitle: optionalText,
  presence: optionalBoolean,
  httpsRequired: optionalBoolean,
  accessToken: token,
  connections: list(
    z.object({
      uri: optionalText,
      address: optionalText,
      port: optionalCount,
      local: optionalBoolean,
      relay: optionalBoolean,
    }),
  ),
});
const resourcesAnswer = z.array(resourceRecord);
