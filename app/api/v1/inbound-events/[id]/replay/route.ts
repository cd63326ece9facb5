export { inboundEventReplay as POST } from "@/lib/web/api/answers/inbound-events";
