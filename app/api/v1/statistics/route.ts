export { statistics as GET } from "@/lib/web/api/answers/statistics";
