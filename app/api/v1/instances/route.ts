export { instanceAdd as POST } from "@/lib/web/api/answers/instances";
