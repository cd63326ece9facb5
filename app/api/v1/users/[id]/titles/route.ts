export { userTitles as GET } from "@/lib/web/api/answers/users";
