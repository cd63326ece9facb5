export { watchersAttachment as POST } from "@/lib/web/api/answers/requests";
