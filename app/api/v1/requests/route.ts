export { requestList as GET } from "@/lib/web/api/answers/requests";
