export { serviceList as GET } from "@/lib/web/api/answers/services";
