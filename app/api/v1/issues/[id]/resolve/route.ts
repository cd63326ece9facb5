export { issueResolve as POST } from "@/lib/web/api/answers/issues";
