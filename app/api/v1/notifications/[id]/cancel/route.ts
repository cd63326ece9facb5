export { notificationCancel as POST } from "@/lib/web/api/answers/notifications";
