import "server-only";
import { hostname } from "node:os";
import { isHostAllowed } from "@/lib/domain/access";
import { type Networks, parseNetworks, setTrustedProxies } from "@/lib/runtime/peer-address";
import { turnstileOf } from "@/lib/services/access/sign-in";
import { readLoginState } from "@/lib/services/access/switch-login";
import { isSetupOpen } from "@/lib/services/setup/setup-state";
import { webContext } from "./service-context";

/** What decides who gets in, as it is set now. */
export type AccessSettings = {
  loginOn: boolean;
  /** The wizard is open, and nothing else is. */
  setupOpen: boolean;
  sessionMs: number;
  localNetworks: Networks;
  publicBaseUrl: string;
  isHostAllowed: (host: string | null) => boolean;
  /** The key for the form; null when Turnstile does not guard it. */
  turnstileSiteKey: string | null;
};

/** How far a setting changed by another process may lag behind. */
const keptMs = 1_000;

// Shared by the proxy, the pages and the routes, which are bundled apart in one process.
const kept = globalThis as typeof globalThis & {
  bingealertAccess?: { settings: Promise<AccessSettings>; readAt: number };
};

/** The settings of access, at most a second old. Throws when they cannot be read: then nobody gets in. */
export function readAccess(): Promise<AccessSettings> {
  const now = performance.now();
  const known = kept.bingealertAccess;
  if (known && now - known.readAt < keptMs) return known.settings;
  const entry = { settings: read(), readAt: now };
  kept.bingealertAccess = entry;
  entry.settings.catch(() => {
    if (kept.bingealertAccess === entry) delete kept.bingealertAccess;
  });
  return entry.settings;
}

/** Makes a change just saved count for the very next request. */
export function forgetAccess(): void {
  delete kept.bingealertAccess;
}

async function read(): Promise<AccessSettings> {
  const ctx = webContext();
  const config = await ctx.loadConfig();
  const { settings } = config;
  setTrustedProxies(settings.TRUSTED_PROXIES);
  return {
    loginOn: await readLoginState(ctx.database.db, config, ctx.now()),
    setupOpen: await isSetupOpen(ctx.database.db),
    sessionMs: settings.SESSION_TIMEOUT_HOURS * 3_600_000,
    localNetworks: parseNetworks(settings.LOCAL_NETWORKS),
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    isHostAllowed: (host) =>
      isHostAllowed(host, {
        publicBaseUrl: settings.PUBLIC_BASE_URL,
        list: settings.ALLOWED_HOSTS,
        ownName: hostname(),
      }),
    turnstileSiteKey: turnstileOf(config)?.siteKey ?? null,
  };
}
