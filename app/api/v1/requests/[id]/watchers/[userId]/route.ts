export { watcherDetachment as DELETE } from "@/lib/web/api/answers/requests";
