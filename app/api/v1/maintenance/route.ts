export {
  maintenanceList as GET,
  maintenanceSchedule as POST,
} from "@/lib/web/api/answers/maintenance";
