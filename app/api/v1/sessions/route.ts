export { sessionList as GET } from "@/lib/web/api/answers/security";
