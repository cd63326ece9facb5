export { userChange as PATCH } from "@/lib/web/api/answers/users";
