export { inboundEventList as GET } from "@/lib/web/api/answers/inbound-events";
