import "server-only";
import { installWebhook } from "@/lib/services/install-webhook";
import { listHealth } from "@/lib/services/list-health";
import { testSavedConnection } from "@/lib/services/test-connection";
import type { ServiceHealth } from "@/lib/store/health";
import { webContext } from "../../service-context";
import { webhookBaseGuess } from "../../webhook-base";
import { apiRoute } from "../api-route";
import { getServices, postServiceTest, postServiceWebhook } from "../contracts/services";
import { iso } from "../moments";

export const serviceList = apiRoute(getServices, async () => {
  const { services, watched } = await listHealth(webContext());
  return {
    services: services.map(({ key, kind, name, address, health }) => ({
      key,
      kind,
      name,
      ...found(health),
      address,
      latencyMs: health?.latencyMs ?? null,
      failures: health?.failures ?? 0,
    })),
    watched: watched.map(({ key, kind, name, ...health }) => ({
      key,
      kind,
      name,
      ...found({ key, name, ...health }),
    })),
  };
});

export const serviceWebhook = apiRoute(postServiceWebhook, async ({ params, body, note }) => {
  const ctx = webContext();
  const base = body.base ?? webhookBaseGuess(await ctx.loadConfig(), { get: () => null });
  const result = await installWebhook(ctx, { key: params.key, base, replace: body.replace });
  note({ subject: `webhook of ${params.key}` });
  return {
    outcome: result.kind,
    words: result.words,
    detail: result.kind === "proven" ? result.detail : result.remedy,
    afterMs: result.kind === "proven" ? Math.round(result.afterMs) : null,
  };
});

export const serviceTest = apiRoute(postServiceTest, async ({ params }) => {
  const result = await testSavedConnection(await webContext().loadConfig(), params.key);
  const detail = result.kind === "works" ? result.detail : result.remedy;
  return { works: result.kind === "works", words: result.words, detail };
});

function found(health: ServiceHealth | null) {
  return {
    state: health?.state ?? ("unknown" as const),
    since: iso(health?.since ?? null),
    checkedAt: iso(health?.checkedAt ?? null),
    words: health?.words ?? null,
    remedy: health?.remedy ?? null,
  };
}
