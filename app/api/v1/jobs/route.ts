export { jobList as GET } from "@/lib/web/api/answers/jobs";
