export { notificationResend as POST } from "@/lib/web/api/answers/notifications";
