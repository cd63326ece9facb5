export { backupFile as GET } from "@/lib/web/api/answers/backups";
