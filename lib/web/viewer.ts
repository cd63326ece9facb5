import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { decideAdmission, localPath } from "@/lib/domain/access";
import type { Reader } from "@/lib/domain/views/moment-words";
import { AppError } from "@/lib/errors";
import { readClientAddress } from "@/lib/runtime/peer-address";
import { findNamedSession } from "@/lib/store/admin-sessions";
import { readAccess } from "./access-settings";
import { requestHost } from "./same-origin";
import { webContext } from "./service-context";

/** Who looks at the dashboard, and from where. */
export type Viewer = { actor: string; address: string | null } & (
  | { kind: "anonymous_admin" }
  | { kind: "local_network" }
  | { kind: "admin"; adminId: string; sessionId: string; endsAt: Date }
);

export type Entry =
  | { kind: "admitted"; viewer: Viewer }
  | { kind: "sign_in_needed" }
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
    route: from?.route ?? null,
    inLocalNetwork: from !== null && access.localNetworks.contains(from.client),
    hasSession: session !== null,
  });
  switch (admission.kind) {
    case "open":
      return { kind: "admitted", viewer: { kind: "anonymous_admin", actor: "admin", address } };
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
