export { requestTimeline as GET } from "@/lib/web/api/answers/requests";
