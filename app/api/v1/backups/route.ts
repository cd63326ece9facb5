export { backupList as GET, backupMake as POST } from "@/lib/web/api/answers/backups";
