export { userChange as PATCH, userDetail as GET } from "@/lib/web/api/answers/users";
