import "server-only";
import { headers } from "next/headers";
import { listAccounts } from "@/lib/services/access/admin-accounts";
import { readAccess } from "../access-settings";
import { webDatabase } from "../service-context";
import { findViewer } from "../viewer";

export type LoginView =
  /** Login is off, or whoever looks is in already. */
  { kind: "not_needed" } | { kind: "needed"; turnstileSiteKey: string | null; hasAccount: boolean };

/** The sign-in page; for everybody. */
export async function loadLogin(): Promise<LoginView> {
  const entry = await findViewer(await headers());
  // During set-up there is no login yet: the way on is the wizard.
  if (entry.kind === "admitted" || entry.kind === "token_needed") return { kind: "not_needed" };
  const [access, accounts] = await Promise.all([readAccess(), listAccounts(webDatabase().db)]);
  return {
    kind: "needed",
    turnstileSiteKey: access.turnstileSiteKey,
    hasAccount: accounts.length > 0,
  };
}
