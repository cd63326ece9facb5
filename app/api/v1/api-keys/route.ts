export { apiKeyList as GET } from "@/lib/web/api/answers/security";
