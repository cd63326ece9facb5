export { inboundEventDetail as GET } from "@/lib/web/api/answers/inbound-events";
