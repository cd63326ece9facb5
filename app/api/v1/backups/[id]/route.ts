export { backupDelete as DELETE } from "@/lib/web/api/answers/backups";
