export { serviceChange as PATCH, serviceRemoval as DELETE } from "@/lib/web/api/answers/services";
