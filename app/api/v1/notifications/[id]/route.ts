export { notificationDetail as GET } from "@/lib/web/api/answers/notifications";
