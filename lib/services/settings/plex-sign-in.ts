import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { createPlexTvClient, type PlexTvClient } from "@/lib/clients/plex-tv";
import { orderServers, type PlexServer } from "@/lib/domain/plex-servers";
import { plexSignInUrl } from "@/lib/domain/plex-sign-in";
import { AppError, UpstreamError } from "@/lib/errors";
import { sealValue, unsealValue } from "../access/sealed-value";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { isLocked } from "./change-settings";

const purpose = "plex-sign-in";
const minute = 60_000;
/** Plex gives half an hour; longer is not believed. */
const longestLife = 30 * minute;
/** To pick a server, once one is let in. */
const choiceLife = 15 * minute;

const pending = z.object({
  ticket: z.string(),
  holder: z.string(),
  pinId: z.number(),
  /** Of the account; null until Plex gave it. */
  token: z.string().nullable(),
  endsAt: z.number(),
});
/** A sign-in under way. Whoever holds it sealed can read nothing of it. */
type Pending = z.infer<typeof pending>;

/** What a browser brings along: what was sealed for it, the sign-in its page is about, and who it is. */
export type SignInBearer = { sealed: string | null; ticket: string; holder: string };

/** What a browser is to keep, and until when. */
export type SealedSignIn = { sealed: string; endsAt: Date };

export type PlexSignInBegun = SealedSignIn & { ticket: string; url: string };

export type PlexSignInStanding =
  /** `trouble`: plex.tv does not answer as it should at the moment; worth asking again. */
  | { kind: "waiting"; trouble: string | null; keep: SealedSignIn | null }
  | { kind: "signed_in"; servers: PlexServer[]; keep: SealedSignIn | null }
  | { kind: "over"; because: "expired" | "unknown" };

/**
 * Asks Plex for a PIN that somebody grants in their browser. `holder` is who may go on with it. Throws UpstreamError
 * when plex.tv cannot be asked, AppError when the environment gives address or token.
 */
export async function beginPlexSignIn(
  ctx: ServiceContext,
  holder: string,
  env: Partial<Record<string, string>>,
): Promise<PlexSignInBegun> {
  const given = (["PLEX_URL", "PLEX_TOKEN"] as const).find((name) => isLocked(name, env));
  if (given) {
    throw new AppError(
      "conflict",
      `${given} is set by the environment: change it where BingeAlert is started`,
    );
  }
  const config = await ctx.loadConfig();
  const { pinId, code, lifetimeMs } = await plexTvOf(config).createPin();
  const ticket = randomBytes(12).toString("base64url");
  const endsAt = ctx.now().getTime() + Math.min(lifetimeMs, longestLife);
  const kept = keep(config, { ticket, holder, pinId, token: null, endsAt });
  return { ...kept, ticket, url: plexSignInUrl(clientIdOf(config), code) };
}

/** How a sign-in stands. Trouble with plex.tv is no end of it: the PIN is good for half an hour. */
export async function readPlexSignIn(
  ctx: ServiceContext,
  bearer: SignInBearer,
): Promise<PlexSignInStanding> {
  const config = await ctx.loadConfig();
  const now = ctx.now().getTime();
  const found = openSignIn(config, bearer, now);
  if (found.kind === "over") return found;
  const plexTv = plexTvOf(config);
  let { token } = found.signIn;
  let kept: SealedSignIn | null = null;
  try {
    if (token === null) {
      const pin = await plexTv.readPin(found.signIn.pinId);
      if (pin.kind === "gone") return { kind: "over", because: "expired" };
      if (pin.kind === "waiting") return { kind: "waiting", trouble: null, keep: null };
      token = pin.token;
      // Kept before anything else is asked: Plex need not say it twice.
      kept = keep(config, { ...found.signIn, token, endsAt: now + choiceLife });
    }
    const servers = orderServers(await plexTv.listServers(token));
    return { kind: "signed_in", servers, keep: kept };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (error.kind === "auth") return { kind: "over", because: "unknown" };
    return { kind: "waiting", trouble: error.message, keep: kept };
  }
}

/** One server of the account that signed in, read anew from plex.tv. Throws UpstreamError, and AppError when it is over. */
export async function readSignedInServer(
  ctx: ServiceContext,
  bearer: SignInBearer,
  machineIdentifier: string,
): Promise<{ server: PlexServer; accountToken: string }> {
  const config = await ctx.loadConfig();
  const found = openSignIn(config, bearer, ctx.now().getTime());
  const accountToken = found.kind === "open" ? found.signIn.token : null;
  if (accountToken === null) {
    throw new AppError("conflict", "This sign-in is over. Sign in with Plex again");
  }
  const servers = await plexTvOf(config).listServers(accountToken);
  const server = servers.find((one) => one.machineIdentifier === machineIdentifier);
  if (!server) throw new AppError("not_found", "This account has no such server any more");
  return { server, accountToken };
}

function openSignIn(
  config: Config,
  { sealed, ticket, holder }: SignInBearer,
  now: number,
): { kind: "open"; signIn: Pending } | { kind: "over"; because: "expired" | "unknown" } {
  const opened = sealed === null ? null : unsealValue(config, purpose, sealed);
  const signIn = pending.safeParse(opened).data;
  // A later one of another tab took its place, or it is somebody else's.
  if (!signIn || signIn.ticket !== ticket || signIn.holder !== holder) {
    return { kind: "over", because: "unknown" };
  }
  return signIn.endsAt <= now ? { kind: "over", because: "expired" } : { kind: "open", signIn };
}

function keep(config: Config, signIn: Pending): SealedSignIn {
  return { sealed: sealValue(config, purpose, signIn), endsAt: new Date(signIn.endsAt) };
}

function plexTvOf(config: Config): PlexTvClient {
  return createPlexTvClient({ url: config.plexTvUrl, clientId: clientIdOf(config) });
}

/** Names this installation to Plex, always the same, so that it stands once among the devices of an account. */
function clientIdOf({ secretKey }: Config): string {
  if (secretKey === "") throw new AppError("not_configured", "APP_SECRET_KEY is missing");
  return createHmac("sha256", secretKey)
    .update("plex-client-identifier")
    .digest("hex")
    .slice(0, 32);
}
