export { stats as GET } from "@/lib/web/api/answers/stats";
