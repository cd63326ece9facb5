export { alertList as GET } from "@/lib/web/api/answers/alerts";
