export { upcomingList as GET } from "@/lib/web/api/answers/upcoming";
