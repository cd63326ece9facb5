export { activityList as GET } from "@/lib/web/api/answers/activity";
