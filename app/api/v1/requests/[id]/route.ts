export { requestDetail as GET } from "@/lib/web/api/answers/requests";
