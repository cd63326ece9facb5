import { readPlexIdentity } from "@/lib/clients/plex";
import {
  addressesOf,
  type PlexAddress,
  type PlexServer,
  proposeAddress,
  type TriedPlexAddress,
  tokenFor,
} from "@/lib/domain/plex-servers";
import { AppError, UpstreamError } from "@/lib/errors";
import type { ServiceContext } from "../context";
import { changeSettings } from "./change-settings";
import { readSignedInServer, type SignInBearer } from "./plex-sign-in";
import { type TrialResult, testConnection } from "./test-connection";

/** Milliseconds for an address to say who is there: far more than any network needs. */
const patience = 4_000;

/** Tries every address of a server from here; none of them learns a token. Throws UpstreamError and AppError. */
export async function tryPlexAddresses(
  ctx: ServiceContext,
  bearer: SignInBearer,
  machineIdentifier: string,
): Promise<{ addresses: TriedPlexAddress[]; proposed: string | null }> {
  const { server } = await readSignedInServer(ctx, bearer, machineIdentifier);
  const addresses = await Promise.all(addressesOf(server).map((one) => tryAddress(server, one)));
  return { addresses, proposed: proposeAddress(addresses) };
}

export type PlexConnected =
  | { kind: "connected"; test: TrialResult; before: { url: string; hadToken: boolean } }
  /** Nothing was saved. */
  | { kind: "failed"; test: TrialResult };

/**
 * Saves address and token of a server, once the address answers as that server and the token works. The address has to
 * be one that plex.tv names. Throws UpstreamError and AppError.
 */
export async function connectPlex(
  ctx: ServiceContext,
  bearer: SignInBearer,
  chosen: { machineIdentifier: string; url: string },
  env: Partial<Record<string, string>>,
): Promise<PlexConnected> {
  const { server, accountToken } = await readSignedInServer(ctx, bearer, chosen.machineIdentifier);
  const address = addressesOf(server).find(({ url }) => url === chosen.url);
  if (!address) throw new AppError("not_found", "Plex does not name this address any more");
  const token = tokenFor(server, accountToken);
  if (token === null) throw new AppError("conflict", "Plex gave no token for this server");

  // Whoever answers is sent the token next.
  const { answer } = await tryAddress(server, address);
  if (answer.kind !== "answers") {
    const words = `${server.name} does not answer at this address`;
    const remedy = "Choose another of its addresses";
    return { kind: "failed", test: { kind: "failed", words, remedy, evidence: null } };
  }
  const { url } = address;
  const test = await testConnection({ service: "plex", name: "Plex", url, secret: token });
  if (test.kind === "failed") return { kind: "failed", test };

  const { settings } = await ctx.loadConfig();
  const change = await changeSettings(ctx, { PLEX_URL: url, PLEX_TOKEN: token }, env);
  if (change.kind === "refused") {
    throw new AppError("conflict", change.problems.map(({ words }) => words).join(". "));
  }
  const before = { url: settings.PLEX_URL, hadToken: settings.PLEX_TOKEN !== "" };
  return { kind: "connected", test, before };
}

async function tryAddress(server: PlexServer, address: PlexAddress): Promise<TriedPlexAddress> {
  const startedAt = performance.now();
  try {
    const { machineIdentifier } = await readPlexIdentity(address.url, patience);
    if (machineIdentifier !== server.machineIdentifier) {
      return { ...address, answer: { kind: "another_server" } };
    }
    const tookMs = Math.max(1, Math.round(performance.now() - startedAt));
    return { ...address, answer: { kind: "answers", tookMs } };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return { ...address, answer: { kind: "failed", failure: error.kind } };
  }
}
