export { testMail as POST } from "@/lib/web/api/answers/notifications";
