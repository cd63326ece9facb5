import type { Instance } from "@/lib/domain/instance";
import type { InboundEffect, InboundEvent } from "@/lib/store/inbound-events";
import type { Config } from "../load-config";

/** What an event came to. */
export type EventOutcome = {
  outcome: "handled" | "ignored";
  reason: string | null;
  effects: InboundEffect[];
};

/** What handlers of events are given. */
export type EventScope = {
  config: Config;
  instance: Instance | null;
  row: InboundEvent;
  now: Date;
};

/** The event was understood and had these effects. */
export function handled(effects: InboundEffect[]): EventOutcome {
  return { outcome: "handled", reason: null, effects };
}

/** The event changes nothing, for this reason. */
export function ignored(reason: string): EventOutcome {
  return { outcome: "ignored", reason, effects: [] };
}
