import "server-only";
import { alertChannelNames } from "@/lib/domain/alerts";
import { listAlerts } from "@/lib/services/alerts/list-alerts";
import { sendTestAlert } from "@/lib/services/alerts/send-test-alert";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { getAlerts, postAlertTest } from "../contracts/alerts";
import { iso } from "../moments";

export const alertList = apiRoute(getAlerts, async () => {
  const { channels, deliveries } = await listAlerts(webContext(), 50);
  return {
    channels: channels.map(({ channel, setUp, events }) => ({
      channel,
      state: setUp.kind,
      missing: setUp.kind === "incomplete" ? setUp.missing : null,
      events: [...events],
    })),
    deliveries: deliveries.map((delivery) => ({
      id: delivery.id,
      channel: delivery.channel,
      event: delivery.event,
      subject: delivery.news.subject,
      status: delivery.status,
      attempts: delivery.attempts,
      nextTryAt: delivery.status === "waiting" ? iso(delivery.dueAt) : null,
      reply: delivery.reply,
      createdAt: iso(delivery.createdAt),
      sentAt: iso(delivery.sentAt),
    })),
  };
});

export const alertTest = apiRoute(postAlertTest, async ({ params, note }) => {
  note({ subject: `alerts by ${alertChannelNames[params.channel]}` });
  const sent = await sendTestAlert(webContext(), params.channel);
  return {
    channel: params.channel,
    deliveryId: sent.kind === "alert" ? sent.deliveryId : null,
    notificationId: sent.kind === "mail" ? sent.notificationId : null,
  };
});
