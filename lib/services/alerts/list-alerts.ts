import { type ChannelStanding, channelStandings } from "@/lib/domain/alerts";
import {
  type AlertDelivery,
  listAlertDeliveries,
  listNewestPerChannel,
} from "@/lib/store/alert-deliveries";
import type { ServiceContext } from "../context";

/** Every channel with the newest message to it, and the newest messages of all. */
export async function listAlerts(
  ctx: ServiceContext,
  limit: number,
): Promise<{
  channels: (ChannelStanding & { newest: AlertDelivery | null })[];
  deliveries: AlertDelivery[];
}> {
  const { db } = ctx.database;
  const [{ settings }, newest, deliveries] = await Promise.all([
    ctx.loadConfig(),
    listNewestPerChannel(db),
    listAlertDeliveries(db, limit),
  ]);
  const channels = channelStandings(settings).map((standing) => ({
    ...standing,
    newest: newest.find(({ channel }) => channel === standing.channel) ?? null,
  }));
  return { channels, deliveries };
}
