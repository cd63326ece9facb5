import { z } from "zod";
import { adminEvents } from "@/lib/domain/admin-news";
import { alertChannels, pushChannels } from "@/lib/domain/alerts";
import { endpoint } from "../endpoint";
import { moment } from "../fields";

const channel = z
  .strictObject({
    channel: z.enum(alertChannels),
    state: z.enum(["ready", "off", "incomplete"]),
    missing: z.string().nullable().meta({ description: "What an incomplete channel lacks" }),
    events: z.array(z.enum(adminEvents)),
  })
  .meta({ id: "AlertChannel" });

const delivery = z
  .strictObject({
    id: z.number().int(),
    channel: z.enum(pushChannels),
    event: z.string().meta({ description: "An event, or `test`" }),
    subject: z.string(),
    status: z.enum(["waiting", "sent", "failed"]),
    attempts: z.number().int(),
    nextTryAt: moment.nullable(),
    reply: z.string().nullable().meta({ description: "What the channel answered last" }),
    createdAt: moment,
    sentAt: moment.nullable(),
  })
  .meta({ id: "AlertDelivery" });

export const getAlerts = endpoint({
  method: "get",
  path: "/alerts",
  tag: "Health",
  summary: "Alert channels, and the newest messages to them",
  description: "Alerts by e-mail are among the notifications.",
  response: z.strictObject({ channels: z.array(channel), deliveries: z.array(delivery) }),
});

export const postAlertTest = endpoint({
  method: "post",
  path: "/alerts/{channel}/test",
  tag: "Health",
  summary: "Send a test message to an alert channel",
  description: "It is queued; what became of it shows among the deliveries, or the notifications.",
  params: z.strictObject({ channel: z.enum(alertChannels) }),
  response: z.strictObject({
    channel: z.enum(alertChannels),
    deliveryId: z.number().int().nullable().meta({ description: "Null for e-mail" }),
    notificationId: z.number().int().nullable().meta({ description: "Null for other channels" }),
  }),
  status: 202,
  refusals: { 409: "The channel is not set up" },
});
