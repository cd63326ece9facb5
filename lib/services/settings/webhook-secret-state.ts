import type { Executor } from "@/lib/store/db";
import { findMilestone, forgetMilestone, reachMilestone } from "@/lib/store/milestones";

/**
 * `lost`: a secret was set, and what held it is gone without anybody having taken it away. Then webhooks are refused,
 * and the next check makes up for them: a lost file must not let strangers in.
 */
export type WebhookSecretState = "set" | "none" | "lost";

/** How the webhook secret stands. That there is one is kept as a fact of its own. */
export async function readWebhookSecretState(
  executor: Executor,
  secret: string,
  now: Date,
): Promise<WebhookSecretState> {
  const known = (await findMilestone(executor, "webhook_secret_set")) !== null;
  if (secret === "") return known ? "lost" : "none";
  if (!known) await reachMilestone(executor, "webhook_secret_set", now);
  return "set";
}

/** The admin set a secret, or took it away on purpose. */
export async function noteWebhookSecret(
  executor: Executor,
  secret: string,
  now: Date,
): Promise<void> {
  if (secret === "") await forgetMilestone(executor, "webhook_secret_set");
  else await reachMilestone(executor, "webhook_secret_set", now);
}
