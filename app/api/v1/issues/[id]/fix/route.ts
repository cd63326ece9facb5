export { issueFix as POST } from "@/lib/web/api/answers/issues";
