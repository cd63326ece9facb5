export { failingJobDiscard as POST } from "@/lib/web/api/answers/jobs";
