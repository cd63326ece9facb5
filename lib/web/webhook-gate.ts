import "server-only";
import { type ClientAddress, type Networks, parseNetworks } from "@/lib/runtime/peer-address";
import { keptFor } from "@/lib/services/kept-for";
import type { Config } from "@/lib/services/load-config";
import { webContext } from "./service-context";
import { carriesSecret } from "./webhook-secret";

type Gate = { secret: string; allowed: Networks | null };

export type GateDecision =
  | { kind: "open" }
  | { kind: "wrong_address"; because: string }
  | { kind: "wrong_secret"; because: string };

/** Who may send webhooks, at most a second old: senders wait. Throws when the settings cannot be read. */
export const readGate = keptFor(1_000, () => webContext().loadConfig().then(gateOf));

function gateOf({ settings }: Pick<Config, "settings">): Gate {
  const { WEBHOOK_SECRET: secret, WEBHOOK_ALLOWED_IPS: list } = settings;
  // A list in which nothing can be understood lets nobody in.
  return { secret, allowed: list === "" ? null : parseNetworks(list) };
}

/** Decides by the address of the connection first, then by the secret. */
export function decideGate(
  gate: Gate,
  request: Pick<Request, "headers" | "url">,
  address: ClientAddress | null,
): GateDecision {
  if (gate.allowed) {
    const because = addressTrouble(gate.allowed, address);
    if (because) return { kind: "wrong_address", because };
  }
  if (gate.secret !== "" && !carriesSecret(request, gate.secret)) {
    return { kind: "wrong_secret", because: "The webhook secret is missing or wrong" };
  }
  return { kind: "open" };
}

function addressTrouble(allowed: Networks, address: ClientAddress | null): string | null {
  if (!address) return "The address of the sender is not known";
  if (address.route === "unclear") {
    return "This came through a proxy that is not listed in TRUSTED_PROXIES, so its sender is not known";
  }
  return allowed.contains(address.client)
    ? null
    : `${address.client} is not among the addresses that may send webhooks`;
}
