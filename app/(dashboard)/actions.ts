"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { runJob } from "@/lib/services/runs/run-job";
import { adminAction } from "@/lib/web/admin-action";
import { webContext } from "@/lib/web/service-context";

const check = adminAction("jobs", z.object({}), async (_input, _viewer, note) => {
  await runJob(webContext(), "reconcile");
  note({ subject: "job reconcile" });
  return {
    kind: "done",
    words: "Checking for what was missed",
    detail: "Seerr, Sonarr, Radarr and Plex are compared with what people were told.",
  };
});

/** Starts a full check now. */
export async function checkForMissedAction(): Promise<ActionResult> {
  return check({});
}
