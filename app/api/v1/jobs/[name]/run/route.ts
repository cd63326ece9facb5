export { jobRun as POST } from "@/lib/web/api/answers/jobs";
