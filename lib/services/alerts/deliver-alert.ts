import { sendToDiscord } from "@/lib/clients/alerts/discord";
import { sendToNtfy } from "@/lib/clients/alerts/ntfy";
import { sendToPushover } from "@/lib/clients/alerts/pushover";
import { sendToSlack } from "@/lib/clients/alerts/slack";
import { sendToWebhook } from "@/lib/clients/alerts/webhook";
import { adminEvents } from "@/lib/domain/admin-news";
import {
  type AlertMessage,
  type AlertOutcome,
  alertChannelNames,
  channelStandings,
  decideAfterAlertAttempt,
  type PushChannel,
} from "@/lib/domain/alerts";
import { enqueue } from "@/lib/queue/enqueue";
import {
  type AlertDelivery,
  claimAlertDelivery,
  findAlertDelivery,
  finishAlertAttempt,
} from "@/lib/store/alert-deliveries";
import { announceChange } from "@/lib/store/changes";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { dashboardLink } from "../public-address";

/**
 * Tries one message to an alert channel and records how that ended. A crash in between means another try: an alert
 * that comes twice is better than one that never came.
 */
export async function deliverAlert(ctx: ServiceContext, deliveryId: number): Promise<void> {
  const { db } = ctx.database;
  const claimed = await claimAlertDelivery(db, deliveryId, ctx.now());
  if (!claimed) return rearmIfEarly(ctx, deliveryId);
  const outcome = await send(await ctx.loadConfig(), claimed);
  const now = ctx.now();
  const after = decideAfterAlertAttempt(outcome, claimed.attempts, now);
  await db.transaction(async (tx) => {
    const isOurs = await finishAlertAttempt(tx, claimed, {
      status: after.status,
      reply: after.reply.slice(0, 500),
      ...(after.status === "waiting" ? { dueAt: after.at } : {}),
      ...(after.status === "sent" ? { sentAt: now } : {}),
    });
    if (!isOurs) return;
    if (after.status === "waiting") {
      await enqueue(tx, "deliver_alert", { deliveryId }, { runAt: after.at });
    }
    await announceChange(tx, "health");
  });
  ctx.log.info("alert attempted", {
    deliveryId,
    channel: claimed.channel,
    attempt: claimed.attempts,
    status: after.status,
  });
}

/** The row is the truth, the job only its alarm clock: one that rings early is set again. */
async function rearmIfEarly(ctx: ServiceContext, deliveryId: number): Promise<void> {
  const row = await findAlertDelivery(ctx.database.db, deliveryId);
  if (row?.status !== "waiting" || row.dueAt <= ctx.now()) return;
  await enqueue(ctx.database.db, "deliver_alert", { deliveryId }, { runAt: row.dueAt });
}

async function send(config: Config, delivery: AlertDelivery): Promise<AlertOutcome> {
  const standing = channelStandings(config.settings).find((c) => c.channel === delivery.channel);
  if (standing?.setUp.kind !== "ready") {
    const reply = `${alertChannelNames[delivery.channel]} is not set up any more`;
    return { kind: "refused", reply };
  }
  return sendTo(delivery.channel, config, messageOf(config, delivery));
}

function sendTo(
  channel: PushChannel,
  { settings, pushoverUrl }: Config,
  message: AlertMessage,
): Promise<AlertOutcome> {
  switch (channel) {
    case "webhook": {
      const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = settings;
      return sendToWebhook({ url, secret }, message);
    }
    case "discord":
      return sendToDiscord({ url: settings.DISCORD_WEBHOOK_URL }, message);
    case "slack":
      return sendToSlack({ url: settings.SLACK_WEBHOOK_URL }, message);
    case "ntfy":
      return sendToNtfy({ url: settings.NTFY_URL, token: settings.NTFY_TOKEN }, message);
    case "pushover": {
      const { PUSHOVER_TOKEN: token, PUSHOVER_USER: user } = settings;
      return sendToPushover({ baseUrl: pushoverUrl, token, user }, message);
    }
  }
}

function messageOf(config: Config, { id, event, news, createdAt }: AlertDelivery): AlertMessage {
  const { action, ...words } = news;
  const url = action && dashboardLink(config, action.path);
  return {
    id,
    event: adminEvents.find((known) => known === event) ?? "test",
    ...words,
    link: action && url ? { url, label: action.label } : null,
    serverName: config.settings.MAIL_SERVER_NAME,
    at: createdAt,
  };
}
