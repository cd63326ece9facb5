export { notificationSend as POST } from "@/lib/web/api/answers/notifications";
