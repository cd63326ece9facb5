export { mailSampleSending as POST } from "@/lib/web/api/answers/appearance";
