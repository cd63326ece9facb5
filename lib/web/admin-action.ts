import "server-only";
import { headers } from "next/headers";
import type { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { AppError, UpstreamError } from "@/lib/errors";
import { log } from "@/lib/log";
import { isSameOrigin } from "./same-origin";
import { requireViewer, type Viewer } from "./viewer";

/**
 * Makes a server action: checks the viewer and the origin, parses the input, runs the handler, and
 * turns what it throws into words. Raw errors go to the log under an id, never to the page.
 */
export function adminAction<S extends z.ZodType>(
  schema: S,
  handler: (input: z.infer<S>, viewer: Viewer) => Promise<ActionResult>,
): (input: z.input<S>) => Promise<ActionResult> {
  return async (input) => {
    const viewer = await requireViewer();
    const sent = await headers();
    if (!isSameOrigin(sent.get("origin"), sent.get("host"))) {
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
    try {
      return await handler(parsed.data, viewer);
    } catch (error) {
      return refusal(error);
    }
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
