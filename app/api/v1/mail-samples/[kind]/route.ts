export { mailSample as GET } from "@/lib/web/api/answers/appearance";
