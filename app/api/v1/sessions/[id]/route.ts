export { sessionEnd as DELETE } from "@/lib/web/api/answers/security";
