export { watcherAttachment as POST } from "@/lib/web/api/answers/requests";
