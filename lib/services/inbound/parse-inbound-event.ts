import { parseRadarrWebhook } from "@/lib/clients/radarr-webhook";
import { parseSeerrWebhook } from "@/lib/clients/seerr-webhook";
import { parseSonarrWebhook } from "@/lib/clients/sonarr-webhook";
import type { DomainEvent, InboundSource } from "@/lib/domain/inbound";

const parsers: Record<InboundSource, (body: unknown) => DomainEvent> = {
  seerr: parseSeerrWebhook,
  sonarr: parseSonarrWebhook,
  radarr: parseRadarrWebhook,
};

/** What a stored webhook says. Never throws: what cannot be understood is ignored for a stated reason. */
export function parseInboundEvent(event: { source: InboundSource; body: Buffer }): DomainEvent {
  let body: unknown;
  try {
    body = JSON.parse(event.body.toString("utf8"));
  } catch {
    return { kind: "ignored", because: "The body is not JSON" };
  }
  return parsers[event.source](body);
}
