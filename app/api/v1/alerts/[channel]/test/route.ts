export { alertTest as POST } from "@/lib/web/api/answers/alerts";
