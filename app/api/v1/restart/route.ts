export { systemRestart as POST } from "@/lib/web/api/answers/system";
