export { failingJobRetry as POST } from "@/lib/web/api/answers/jobs";
