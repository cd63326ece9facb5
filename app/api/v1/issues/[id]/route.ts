export { issueDetail as GET } from "@/lib/web/api/answers/issues";
