"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { runJob } from "@/lib/services/run-job";
import { adminAction } from "@/lib/web/admin-action";
import { webContext } from "@/lib/web/service-context";

const sync = adminAction("jobs", z.object({}), async () => {
  await runJob(webContext(), "sync-requests");
  return { kind: "done", words: "Reading requests from Seerr" };
});

/** Reads all requests from Seerr now. */
export async function syncRequestsAction(): Promise<ActionResult> {
  return sync({});
}
