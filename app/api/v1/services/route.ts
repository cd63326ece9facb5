export { serviceAddition as POST, serviceList as GET } from "@/lib/web/api/answers/services";
