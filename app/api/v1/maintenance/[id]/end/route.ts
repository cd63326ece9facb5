export { maintenanceEnd as POST } from "@/lib/web/api/answers/maintenance";
