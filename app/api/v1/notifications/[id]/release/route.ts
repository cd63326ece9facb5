export { notificationRelease as POST } from "@/lib/web/api/answers/notifications";
