export { swallowedRelease as POST } from "@/lib/web/api/answers/backups";
