import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import type { Reader } from "@/lib/domain/views/moment-words";

/** Who looks at the dashboard. While login is off, everybody who reaches it is the admin. */
export type Viewer = { kind: "anonymous_admin" };

/**
 * The one gate of all loaders and actions: throws or redirects when the viewer may not be here.
 * Proxies and layouts are no security boundary, so each of them asks for itself.
 */
export const requireViewer = cache(async (): Promise<Viewer> => ({ kind: "anonymous_admin" }));

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
