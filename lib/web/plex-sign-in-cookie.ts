import "server-only";
import { cookies, headers } from "next/headers";
import type { SealedSignIn, SignInBearer } from "@/lib/services/settings/plex-sign-in";
import { readAccess } from "./access-settings";
import { isHttps } from "./same-origin";
import type { Viewer } from "./viewer";

/** Holds a sign-in to Plex while it is under way: sealed, so that the browser carries what it cannot read. */
const cookieName = "bingealert-plex";

/** What this browser brings along for a sign-in that its page is about. */
export async function readSignInBearer(viewer: Viewer, ticket: string): Promise<SignInBearer> {
  const sealed = (await cookies()).get(cookieName)?.value ?? null;
  return { sealed, ticket, holder: holderOf(viewer) };
}

/** Gives the browser what it is to keep. */
export async function keepSignIn({ sealed, endsAt }: SealedSignIn): Promise<void> {
  const [sent, access] = await Promise.all([headers(), readAccess()]);
  (await cookies()).set(cookieName, sealed, {
    httpOnly: true,
    sameSite: "strict",
    path: "/",
    expires: endsAt,
    secure: isHttps(sent, access.publicBaseUrl),
  });
}

/** Ends a sign-in, granted or not. */
export async function forgetSignIn(): Promise<void> {
  (await cookies()).delete(cookieName);
}

/** Who may go on with a sign-in: the same session, or whoever is here without one. */
export function holderOf(viewer: Viewer): string {
  return viewer.kind === "admin" ? `session ${viewer.sessionId}` : viewer.kind;
}
