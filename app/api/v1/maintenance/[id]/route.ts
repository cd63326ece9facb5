export { maintenanceChange as PATCH } from "@/lib/web/api/answers/maintenance";
