import "server-only";
import { headers } from "next/headers";
import type { z } from "zod";
import type { AuditArea } from "@/lib/domain/audit";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { AppError, UpstreamError } from "@/lib/errors";
import { log } from "@/lib/log";
import { writeAudit } from "./audit";
import { isSameOrigin } from "./same-origin";
import { requireViewer, type Viewer } from "./viewer";

/** What the audit says about an action beyond its input: what it was done to, and how that was before and after. */
export type Change = { subject?: string; before?: unknown; after?: unknown };

/**
 * Makes a server action: checks the viewer and the origin, parses the input, runs the handler, writes the audit, and
 * turns what it throws into words. Raw errors go to the log under an id, never to the page.
 */
export function adminAction<S extends z.ZodType, R extends ActionResult = ActionResult>(
  area: AuditArea,
  schema: S,
  handler: (
    input: z.infer<S>,
    viewer: Viewer,
    /** Without a call, the audit gets the input as what is new; null when there is nothing to write down here. */
    note: (change: Change | null) => void,
  ) => Promise<R>,
): (input: z.input<S>) => Promise<R | ActionResult> {
  return async (input) => {
    const viewer = await requireViewer();
    if (!isSameOrigin(await headers())) {
      return {
        kind: "refused",
        words: "This came from another site",
        detail: "Nothing was changed. Open BingeAlert itself and try again.",
      };
    }
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      return {
        kind: "refused",
        words: "That cannot be done",
        detail: parsed.error.issues[0]?.message ?? "The page sent something unexpected.",
      };
    }
    let change: Change | null = { after: parsed.data };
    let result: R;
    try {
      result = await handler(parsed.data, viewer, (noted) => {
        change = noted;
      });
    } catch (error) {
      return refusal(error);
    }
    if (result.kind === "done" && change) {
      const { actor, address } = viewer;
      await writeAudit({ actor, address, area, action: result.words, ...change });
    }
    return result;
  };
}

function refusal(error: unknown): ActionResult {
  if (error instanceof AppError && error.code !== "internal") {
    return { kind: "refused", words: error.message };
  }
  if (error instanceof UpstreamError) return { kind: "refused", words: error.message };
  const errorId = crypto.randomUUID().slice(0, 8);
  log.error("An action failed", { errorId, error });
  return {
    kind: "refused",
    words: "That did not work",
    detail: `Nothing is lost; try again. Id ${errorId}`,
  };
}
