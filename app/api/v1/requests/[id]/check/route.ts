export { requestCheck as POST } from "@/lib/web/api/answers/requests";
