export { runDetail as GET } from "@/lib/web/api/answers/jobs";
