export { issueList as GET } from "@/lib/web/api/answers/issues";
