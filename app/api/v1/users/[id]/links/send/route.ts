export { userLinkSend as POST } from "@/lib/web/api/answers/users";
