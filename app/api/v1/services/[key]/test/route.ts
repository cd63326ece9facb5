export { serviceTest as POST } from "@/lib/web/api/answers/services";
