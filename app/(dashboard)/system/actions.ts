"use server";

import { z } from "zod";
import { alertChannelNames, alertChannels } from "@/lib/domain/alerts";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { jobTitle } from "@/lib/domain/views/health";
import { listWords } from "@/lib/domain/words";
import { sendTestAlert } from "@/lib/services/alerts/send-test-alert";
import { jobNames } from "@/lib/services/runs/list-jobs";
import { runJob } from "@/lib/services/runs/run-job";
import { settleFailingJob } from "@/lib/services/runs/settle-failing-job";
import { adminAction } from "@/lib/web/admin-action";
import { failingJobDeed } from "@/lib/web/deeds";
import { askForRestart } from "@/lib/web/restart";
import { webContext } from "@/lib/web/service-context";

const job = z.object({ name: z.enum(jobNames) });

const run = adminAction("jobs", job, async ({ name }, _viewer, note) => {
  await runJob(webContext(), name);
  note({ subject: `job ${name}` });
  return {
    kind: "done",
    words: `Started: ${jobTitle(name)}`,
    detail: "The page shows how it goes.",
  };
});

/** Starts a worker now. */
export async function runJobAction(input: z.input<typeof job>): Promise<ActionResult> {
  return run(input);
}

const alert = z.object({ channel: z.enum(alertChannels) });

const test = adminAction("jobs", alert, async ({ channel }, _viewer, note) => {
  note({ subject: `alerts by ${alertChannelNames[channel]}` });
  await sendTestAlert(webContext(), channel);
  return {
    kind: "done",
    words: `A test is on its way by ${alertChannelNames[channel]}`,
    detail: channel === "email" ? "It shows among the notifications." : "Its outcome shows below.",
  };
});

/** Sends a test message to an alert channel. */
export async function testAlertAction(input: z.input<typeof alert>): Promise<ActionResult> {
  return test(input);
}

const startAnew = adminAction("jobs", z.object({}), async (_input, _viewer, note) => {
  const parts = askForRestart();
  note({ after: { restarts: parts } });
  return { kind: "done", words: `Restarted ${listWords(parts)}` };
});

/** Starts the processes of this server anew. */
export async function restartAction(): Promise<ActionResult> {
  return startAnew({});
}

const failing = z.object({
  jobId: z.string().regex(/^[1-9]\d{0,18}$/),
  verdict: z.enum(["retry", "discard"]),
});

const settle = adminAction("jobs", failing, async ({ jobId, verdict }, _viewer, note) => {
  note(await failingJobDeed(jobId, { verdict }));
  await settleFailingJob(webContext(), jobId, verdict);
  return { kind: "done", words: verdict === "retry" ? "Tried again now" : "Given up" };
});

/** Tries a failing job again, or gives it up. */
export async function settleJobAction(input: z.input<typeof failing>): Promise<ActionResult> {
  return settle(input);
}
