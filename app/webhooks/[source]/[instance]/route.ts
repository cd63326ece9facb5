import { explainWebhook, takeWebhook } from "@/lib/web/webhook-route";

export { explainWebhook as GET, takeWebhook as POST, takeWebhook as PUT };
