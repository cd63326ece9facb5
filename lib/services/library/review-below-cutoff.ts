import type { CollectionPlan } from "@/lib/domain/collection";
import { enqueue } from "@/lib/queue/enqueue";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";

/** Who asked for what is held back hears why: the review says it on the timeline and plans "quality waiting". */
export async function reviewBelowCutoff(
  ctx: ServiceContext,
  config: Pick<Config, "settings">,
  plan: Pick<CollectionPlan, "belowCutoff">,
): Promise<void> {
  const delayMs = config.settings.QUALITY_REVIEW_DELAY_SECONDS * 1000;
  const runAt = new Date(ctx.now().getTime() + delayMs);
  for (const requestId of new Set(plan.belowCutoff.flatMap((held) => held.requestIds))) {
    await enqueue(ctx.database.db, "review_request", { requestId }, { runAt });
  }
}
