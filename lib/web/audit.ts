import "server-only";
import { log } from "@/lib/log";
import { readClientAddress } from "@/lib/runtime/peer-address";
import { type Deed, insertAuditEntry } from "@/lib/store/audit";
import { webContext } from "./service-context";

/** Writes down what was just done. It is done already: a failure to write it down is logged, not thrown. */
export async function writeAudit(deed: Deed): Promise<void> {
  const ctx = webContext();
  try {
    await insertAuditEntry(ctx.database.db, deed, ctx.now());
  } catch (error) {
    log.error("an audit entry could not be written", { action: deed.action, error });
  }
}

/** Writes down what was just done by somebody who is no viewer yet, or none any more. */
export async function writeAuditOf(
  sent: { get: (name: string) => string | null },
  deed: Omit<Deed, "address">,
): Promise<void> {
  await writeAudit({ ...deed, address: readClientAddress(sent)?.client ?? null });
}
