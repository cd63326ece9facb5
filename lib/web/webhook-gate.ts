import "server-only";
import { type ClientAddress, type Networks, parseNetworks } from "@/lib/runtime/peer-address";
import { keptFor } from "@/lib/services/kept-for";
import { readWebhookSecretState } from "@/lib/services/settings/webhook-secret-state";
import { webContext } from "./service-context";
import { carriesSecret } from "./webhook-secret";

type Gate = { secret: string; isSecretLost: boolean; allowed: Networks | null };

export type GateDecision =
  | { kind: "open" }
  | { kind: "wrong_address"; because: string }
  | { kind: "wrong_secret"; because: string }
  /** Nobody can send the right one: what held it is gone. */
  | { kind: "lost_secret"; because: string };

/** Who may send webhooks, at most a second old: senders wait. Throws when the settings cannot be read. */
export const readGate = keptFor(1_000, async (): Promise<Gate> => {
  const ctx = webContext();
  const { WEBHOOK_SECRET: secret, WEBHOOK_ALLOWED_IPS: list } = (await ctx.loadConfig()).settings;
  const state = await readWebhookSecretState(ctx.database.db, secret, ctx.now());
  return {
    secret,
    isSecretLost: state === "lost",
    // A list in which nothing can be understood lets nobody in.
    allowed: list === "" ? null : parseNetworks(list),
  };
});

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
  if (gate.isSecretLost) {
    return {
      kind: "lost_secret",
      because:
        "A webhook secret was set here and is lost. Set WEBHOOK_SECRET again, or say under Settings, Sign-in and security that none is needed",
    };
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
