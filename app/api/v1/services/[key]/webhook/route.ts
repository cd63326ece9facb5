export { serviceWebhook as POST } from "@/lib/web/api/answers/services";
