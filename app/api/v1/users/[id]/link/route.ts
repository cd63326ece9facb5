export { userLink as POST } from "@/lib/web/api/answers/users";
