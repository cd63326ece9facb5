export { heldSettlement as POST } from "@/lib/web/api/answers/notifications";
