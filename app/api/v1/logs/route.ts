export { logList as GET } from "@/lib/web/api/answers/logs";
