import type { AdminNews } from "@/lib/domain/admin-news";
import { channelsFor, type PushChannel } from "@/lib/domain/alerts";
import { enqueue } from "@/lib/queue/enqueue";
import { insertAlertDelivery } from "@/lib/store/alert-deliveries";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import type { Config } from "../load-config";

/** Plans a message to each alert channel chosen for the event, in the caller's transaction. */
export async function queueAlerts(
  tx: Executor,
  config: Config,
  news: AdminNews,
  now: Date,
): Promise<void> {
  for (const channel of channelsFor(news.event, config.settings)) {
    await queueAlert(tx, channel, news.event, news, now);
  }
}

/** Plans one message to one channel, whatever events it is chosen for. Returns its id. */
export async function queueAlert(
  tx: Executor,
  channel: PushChannel,
  event: string,
  { subject, headline, lines, rows, action }: Omit<AdminNews, "event">,
  now: Date,
): Promise<number> {
  const delivery = await insertAlertDelivery(tx, {
    channel,
    event,
    news: { subject, headline, lines: [...lines], rows: [...rows], action },
    now,
  });
  await enqueue(tx, "deliver_alert", { deliveryId: delivery.id });
  await announceChange(tx, "health");
  return delivery.id;
}
