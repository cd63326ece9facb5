export { mailSampleKinds as GET } from "@/lib/web/api/answers/appearance";
