export { userLinkRevoke as POST } from "@/lib/web/api/answers/users";
