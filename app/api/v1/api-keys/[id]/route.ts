export { apiKeyRevocation as DELETE } from "@/lib/web/api/answers/security";
