import "server-only";
import { headers } from "next/headers";
import { listAccounts } from "@/lib/services/admin-accounts";
import { readAccess } from "../access-settings";
import { webDatabase } from "../service-context";
import { findViewer } from "../viewer";

export type LoginView =
  /** Login is off, or whoever looks is in already. */
  { kind: "not_needed" } | { kind: "needed"; turnstileSiteKey: string | null; hasAccount: boolean };

/** The sign-in page; for everybody. */
export async function loadLogin(): Promise<LoginView> {
  const entry = await findViewer(await headers());
  if (entry.kind === "admitted") return { kind: "not_needed" };
  const [access, accounts] = await Promise.all([readAccess(), listAccounts(webDatabase().db)]);
  return {
    kind: "needed",
    turnstileSiteKey: access.turnstileSiteKey,
    hasAccount: accounts.length > 0,
  };
}
