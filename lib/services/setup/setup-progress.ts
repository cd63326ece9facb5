import { doneSteps, nextStep, type SetupStep } from "@/lib/domain/setup";
import { listBaselines } from "@/lib/store/instances";
import { findMilestones } from "@/lib/store/milestones";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";

/** How far the wizard is: from what is set up, so that it goes on wherever it was left. */
export async function readSetupProgress(
  ctx: ServiceContext,
  { settings, instances }: Pick<Config, "settings" | "instances">,
): Promise<{ isFresh: boolean; done: ReadonlySet<SetupStep>; next: SetupStep }> {
  const { db } = ctx.database;
  const [reached, baselines] = await Promise.all([
    findMilestones(db, ["setup_begun", "setup_mail", "setup_behaviour", "first_sync"]),
    listBaselines(db),
  ]);
  const done = doneSteps({
    hasMailServer: settings.SMTP_HOST !== "" && settings.SMTP_FROM !== "",
    isMailConfirmed: reached.has("setup_mail"),
    hasSeerr: settings.JELLYSEERR_URL !== "" && settings.JELLYSEERR_API_KEY !== "",
    instances: instances.length,
    isSynced: reached.has("first_sync") && instances.every(({ key }) => baselines.has(key)),
    isBehaviourChosen: reached.has("setup_behaviour"),
  });
  return { isFresh: !reached.has("setup_begun"), done, next: nextStep(done) };
}
