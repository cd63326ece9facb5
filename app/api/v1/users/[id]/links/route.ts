export { userLinksRevocation as DELETE } from "@/lib/web/api/answers/users";
