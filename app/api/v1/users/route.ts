export { userList as GET } from "@/lib/web/api/answers/users";
