export { requestCreation as POST, requestList as GET } from "@/lib/web/api/answers/requests";
