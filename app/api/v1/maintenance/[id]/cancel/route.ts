export { maintenanceCancel as POST } from "@/lib/web/api/answers/maintenance";
