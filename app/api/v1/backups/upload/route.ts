export { backupUpload as POST } from "@/lib/web/api/answers/backups";
