export { titleDetail as GET } from "@/lib/web/api/answers/requests";
