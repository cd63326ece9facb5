export { backupRestore as POST } from "@/lib/web/api/answers/backups";
