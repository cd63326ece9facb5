export { titleSearch as GET } from "@/lib/web/api/answers/requests";
