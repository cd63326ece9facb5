export { swallowedList as GET } from "@/lib/web/api/answers/backups";
