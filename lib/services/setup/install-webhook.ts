import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { createSeerrWebhookSettings } from "@/lib/clients/seerr-webhook-settings";
import { createServarrConnections } from "@/lib/clients/servarr-connections";
import { serviceRemedy } from "@/lib/domain/health";
import type { InboundSource } from "@/lib/domain/inbound";
import type { Instance } from "@/lib/domain/instance";
import {
  connectionUrl,
  planConnection,
  planSeerrWebhook,
  webhookAddress,
  webhookBaseProblem,
} from "@/lib/domain/webhook-install";
import { AppError, UpstreamError } from "@/lib/errors";
import { hasArrivedSince, newestInboundId } from "@/lib/store/inbound-events";
import type { ServiceContext } from "../context";
import { requireSeerr } from "../load-config";

/** What came of installing a webhook. */
export type WebhookInstall =
  /** It is there, and the service called back after so many milliseconds. */
  | { kind: "proven"; words: string; detail: string; afterMs: number }
  /** What the service sent as a test did not arrive. */
  | { kind: "silent"; words: string; remedy: string }
  /** Seerr's only webhook posts to somebody else: nothing was changed. */
  | { kind: "occupied"; words: string; remedy: string; url: string }
  /** Nothing was changed. */
  | { kind: "refused"; words: string; remedy: string | null };

/** What came of it, and what the service posts to now and did before; null when nothing was written into it. */
export type InstalledWebhook = {
  result: WebhookInstall;
  written: { before: string | null; after: string } | null;
};

/** How long the test event may take to arrive after the service said it was sent. */
const callbackPatienceMs = 10_000;
const betweenLooksMs = 25;

/**
 * Writes our webhook into a service through its API, or ours that is there anew, and proves the way back: the service
 * sends its test, and that arrives. `key` is `seerr` or an instance's. Throws `not_found` for an unknown key,
 * `bad_request` for an address that is none, `not_configured` without Seerr.
 */
export async function installWebhook(
  ctx: ServiceContext,
  wanted: { key: string; base: string; replace: boolean },
): Promise<InstalledWebhook> {
  const problem = webhookBaseProblem(wanted.base);
  if (problem) throw new AppError("bad_request", problem);
  const config = await ctx.loadConfig();
  const secret = config.settings.WEBHOOK_SECRET;
  if (wanted.key === "seerr") {
    return installInSeerr(ctx, requireSeerr(config), { ...wanted, secret });
  }
  const instance = config.instances.find(({ key }) => key === wanted.key);
  if (!instance) throw new AppError("not_found", "There is no service of this name");
  return installInInstance(ctx, instance, { ...wanted, secret });
}

async function installInInstance(
  ctx: ServiceContext,
  instance: Instance,
  { base, secret }: { base: string; secret: string },
): Promise<InstalledWebhook> {
  const { kind, name, key } = instance;
  const { url, pathInstance } = webhookAddress(base, { source: kind, instanceKey: key });
  const connections = createServarrConnections(kind, instance);
  let written: InstalledWebhook["written"] = null;
  const result = await attempt({ kind, name, url }, async () => {
    const [existing, schema] = await Promise.all([connections.list(), connections.schema()]);
    const plan = planConnection({ existing, schema, url, secret });
    if (!plan) {
      return { kind: "refused", words: `${name} offers no webhooks`, remedy: "Update it" };
    }
    const saved = await connections.save(plan);
    const replaced = plan.kind === "change" && existing.find(({ id }) => id === plan.id);
    written = { before: replaced ? addressOf(connectionUrl(replaced)) : null, after: url };
    // What was saved comes back with the password masked.
    const proof = { ...saved, fields: plan.body.fields };
    return prove(ctx, { source: kind, pathInstance, name, url }, () => connections.test(proof));
  });
  return { result, written };
}

/** Without a query: older webhooks carry their secret there. */
const addressOf = (url: string): string => url.split("?")[0] ?? "";

async function installInSeerr(
  ctx: ServiceContext,
  connection: { url: string; apiKey: string },
  { base, secret, replace }: { base: string; secret: string; replace: boolean },
): Promise<InstalledWebhook> {
  const { url } = webhookAddress(base, { source: "seerr", instanceKey: null });
  const settings = createSeerrWebhookSettings(connection);
  let written: InstalledWebhook["written"] = null;
  const result = await attempt({ kind: "seerr", name: "Seerr", url }, async () => {
    const existing = await settings.read();
    const plan = planSeerrWebhook({ existing, url, secret, replace });
    if (plan.kind === "occupied") {
      const place = URL.canParse(plan.url) ? new URL(plan.url).host : "another address";
      return {
        kind: "occupied",
        words: "Seerr's webhook belongs to something else",
        remedy: `It posts to ${place}, and Seerr has only this one. Replacing it ends what that did.`,
        url: place,
      };
    }
    const from = { source: "seerr" as const, pathInstance: null, name: "Seerr", url };
    // Seerr tries settings that are not saved yet; Sonarr and Radarr do so themselves when they save.
    const proof = await prove(ctx, from, () => settings.test(plan.body));
    if (proof.kind === "proven") {
      await settings.write(plan.body);
      written = { before: addressOf(existing.options.webhookUrl) || null, after: url };
    }
    return proof;
  });
  return { result, written };
}

/** Has the service send its test, and waits for what arrives. */
async function prove(
  ctx: ServiceContext,
  from: { source: InboundSource; pathInstance: string | null; name: string; url: string },
  sendTest: () => Promise<void>,
): Promise<WebhookInstall> {
  const { db } = ctx.database;
  const afterId = await newestInboundId(db);
  const startedAt = performance.now();
  // It may have arrived before the service says that it was sent.
  let sent = false;
  let failure: unknown = null;
  const sending = sendTest().then(
    () => {
      sent = true;
    },
    (error: unknown) => {
      failure = error;
    },
  );
  let deadline = Number.POSITIVE_INFINITY;
  for (;;) {
    if (await hasArrivedSince(db, from, afterId)) {
      const afterMs = performance.now() - startedAt;
      await sending;
      const seconds = Math.max(0.1, afterMs / 1000).toFixed(1);
      return {
        kind: "proven",
        words: `${from.name} called back after ${seconds} s`,
        detail: `It posts to ${from.url}`,
        afterMs,
      };
    }
    if (failure instanceof UpstreamError && failure.kind === "status") {
      return {
        kind: "silent",
        words: `${from.name} could not post to ${from.url}`,
        remedy: unreachableRemedy,
      };
    }
    if (failure) throw failure;
    if (sent && deadline === Number.POSITIVE_INFINITY) {
      deadline = performance.now() + callbackPatienceMs;
    }
    if (performance.now() > deadline) {
      return {
        kind: "silent",
        words: `${from.name} says its test left, but nothing arrived here`,
        remedy: `Something else answers at ${from.url}, or redirects. Enter the address at which ${from.name} reaches BingeAlert itself`,
      };
    }
    await wait(betweenLooksMs);
  }
}

async function attempt(
  service: { kind: InboundSource; name: string; url: string },
  work: () => Promise<WebhookInstall>,
): Promise<WebhookInstall> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const said = error.status === 400 ? validationWords(error) : null;
    if (said !== null) {
      return {
        kind: "refused",
        words: `${service.name} could not post to ${service.url}`,
        remedy: `It says: ${said}. ${unreachableRemedy}`,
      };
    }
    return {
      kind: "refused",
      words: error.message,
      remedy: serviceRemedy(service.kind, error.kind, error.status),
    };
  }
}

const unreachableRemedy =
  "Enter the address at which it reaches BingeAlert; in Docker that is the name of its container";

const validation = z.array(z.object({ errorMessage: z.string() })).min(1);

/** What Sonarr and Radarr answer when a connection does not work. */
function validationWords(error: UpstreamError): string | null {
  if (!(error.cause instanceof Error)) return null;
  try {
    const [first] = validation.parse(JSON.parse(error.cause.message));
    return first?.errorMessage.replace(/[.\s]+$/, "").slice(0, 200) ?? null;
  } catch {
    return null;
  }
}
