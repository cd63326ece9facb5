"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { runJob } from "@/lib/services/runs/run-job";
import { adminAction } from "@/lib/web/admin-action";
import { webContext } from "@/lib/web/service-context";

const sync = adminAction("jobs", z.object({}), async (_input, _viewer, note) => {
  await runJob(webContext(), "sync-users");
  note({ subject: "job sync-users" });
  return { kind: "done", words: "Reading people from Seerr" };
});

/** Reads all people from Seerr now. */
export async function syncUsersAction(): Promise<ActionResult> {
  return sync({});
}
