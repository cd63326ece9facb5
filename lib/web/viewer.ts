import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { decideAdmission, isLoopbackAddress, localPath } from "@/lib/domain/access";
import type { Reader } from "@/lib/domain/views/moment-words";
import { AppError } from "@/lib/errors";
import { readClientAddress } from "@/lib/runtime/peer-address";
import { holdsSetupPass } from "@/lib/services/setup/setup-state";
import { findNamedSession } from "@/lib/store/admin-sessions";
import { readAccess } from "./access-settings";
import { requestHost } from "./same-origin";
import { webContext } from "./service-context";

/** Who looks at the dashboard, and from where. */
export type Viewer = { actor: string; address: string | null } & (
  | { kind: "anonymous_admin" }
  /** Goes through the wizard, before there is a login. */
  | { kind: "setting_up" }
  | { kind: "local_network" }
  | { kind: "admin"; adminId: string; sessionId: string; endsAt: Date }
);

export type Entry =
  | { kind: "admitted"; viewer: Viewer }
  | { kind: "sign_in_needed" }
  /** Set-up is not complete, and this is not who may do it. */
  | { kind: "token_needed" }
  /** The browser used a name that is not known to be ours. */
  | { kind: "foreign_host"; host: string };

/**
 * The one decision about who looks, from the connection and the session of a request. Throws when the settings or
 * the session cannot be read: then nobody gets in.
 */
export async function findViewer(sent: Headers): Promise<Entry> {
  const access = await readAccess();
  const host = requestHost(sent);
  if (!access.isHostAllowed(host)) return { kind: "foreign_host", host: host ?? "" };
  const from = readClientAddress(sent);
  const address = from?.client ?? null;
  // Auth.js is loaded only where there is somebody to ask it about.
  const session =
    access.loginOn && sent.get("cookie")?.includes("bingealert=")
      ? await (await import("./auth")).readSession()
      : null;
  const admission = decideAdmission({
    loginOn: access.loginOn,
    setupOpen: access.setupOpen,
    onThisMachine: from !== null && isLoopbackAddress(from.peer),
    hasSetupPass: access.setupOpen && (await holdsPass(sent)),
    route: from?.route ?? null,
    inLocalNetwork: from !== null && access.localNetworks.contains(from.client),
    hasSession: session !== null,
  });
  switch (admission.kind) {
    case "open":
      return { kind: "admitted", viewer: { kind: "anonymous_admin", actor: "admin", address } };
    case "setting_up":
      return { kind: "admitted", viewer: { kind: "setting_up", actor: "set-up", address } };
    case "token_needed":
      return { kind: "token_needed" };
    case "local_network":
      return {
        kind: "admitted",
        viewer: { kind: "local_network", actor: "local network", address },
      };
    case "signed_in":
      if (!session) return { kind: "sign_in_needed" };
      return {
        kind: "admitted",
        viewer: {
          kind: "admin",
          actor: session.name,
          address,
          adminId: session.adminId,
          sessionId: session.sessionId,
          endsAt: session.endsAt,
        },
      };
    case "sign_in_needed":
      return { kind: "sign_in_needed" };
  }
}

/**
 * The one gate of all loaders and actions: sends to the sign-in whoever may not be here. Proxies and layouts are no
 * security boundary, so each of them asks for itself.
 */
export const requireViewer = cache(async (): Promise<Viewer> => {
  const sent = await headers();
  const entry = await findViewer(sent);
  switch (entry.kind) {
    case "admitted":
      return entry.viewer;
    case "sign_in_needed": {
      const next = localPath(sent.get("x-asked-path"));
      redirect(next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`);
      break;
    }
    case "token_needed":
      redirect("/setup");
      break;
    case "foreign_host":
      // The proxy has explained this already to whoever came that way.
      throw new AppError("forbidden", `${entry.host} is not a name of this server`);
  }
});

/**
 * Whether a viewer let in earlier, by a request with these headers, would be let in now: for answers that stay open.
 * Throws when it cannot be told.
 */
export async function isStillAdmitted(viewer: Viewer, sent: Headers): Promise<boolean> {
  if (viewer.kind !== "admin") return (await findViewer(sent)).kind === "admitted";
  const ctx = webContext();
  const [access, session] = await Promise.all([
    readAccess(),
    findNamedSession(ctx.database.db, viewer.sessionId, ctx.now()),
  ]);
  // A timeout that was shortened counts for sessions that are there already.
  return session !== null && session.createdAt.getTime() + access.sessionMs > ctx.now().getTime();
}

/** Name of the cookie of a browser that has shown the token of the log. */
export const setupCookie = "bingealert-setup";

async function holdsPass(sent: Headers): Promise<boolean> {
  const cookie = (sent.get("cookie") ?? "")
    .split(/;\s*/)
    .find((pair) => pair.startsWith(`${setupCookie}=`));
  if (!cookie) return false;
  const { database, now } = webContext();
  return holdsSetupPass(database.db, cookie.slice(setupCookie.length + 1), now());
}

/** The moment of this page and the zone it is written in: the browser's, else the server's. */
export const currentReader = cache(async (): Promise<Reader> => {
  const zone = (await cookies()).get("zone")?.value;
  return { now: new Date(), timeZone: knownZone(zone) };
});

function knownZone(zone: string | undefined): string {
  const server = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return server;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: decodeURIComponent(zone) }).resolvedOptions()
      .timeZone;
  } catch {
    return server;
  }
}
