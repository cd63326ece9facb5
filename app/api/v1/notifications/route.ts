export { notificationList as GET } from "@/lib/web/api/answers/notifications";
