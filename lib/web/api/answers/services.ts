import "server-only";
import { AppError } from "@/lib/errors";
import { listHealth } from "@/lib/services/health/list-health";
import type { Config } from "@/lib/services/load-config";
import { removeInstance, saveInstance } from "@/lib/services/settings/change-instance";
import { testConnection, testMailServer } from "@/lib/services/settings/test-connection";
import { installWebhook } from "@/lib/services/setup/install-webhook";
import type { ServiceHealth } from "@/lib/store/health";
import { webhookDeed } from "../../deeds";
import { webContext } from "../../service-context";
import { webhookBaseGuess } from "../../webhook-base";
import { apiRoute } from "../api-route";
import {
  deleteService,
  getServices,
  patchService,
  postService,
  postServiceTest,
  postServiceWebhook,
} from "../contracts/services";
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

export const serviceWebhook = apiRoute(
  postServiceWebhook,
  async ({ params, body, byKey, note }) => {
    const ctx = webContext();
    const config = await ctx.loadConfig();
    // Whoever can add a service and name an address would be told the secret, and could use it after the key.
    if (byKey && config.settings.WEBHOOK_SECRET !== "") {
      const words =
        "No API key installs webhooks while there is a webhook secret, as they carry it";
      throw new AppError("forbidden", `${words}: sign in`);
    }
    const base = body.base ?? webhookBaseGuess(config, { get: () => null });
    const { result, written } = await installWebhook(ctx, {
      ...{ key: params.key, base, replace: body.replace },
    });
    note(written && webhookDeed(params.key, written, result.kind));
    return {
      outcome: result.kind,
      words: result.words,
      detail: result.kind === "proven" ? result.detail : result.remedy,
      afterMs: result.kind === "proven" ? Math.round(result.afterMs) : null,
    };
  },
);

export const serviceAddition = apiRoute(postService, async ({ body, note }) => {
  const { kind, name, url, apiKey, is4k } = body;
  const fields = { key: null, kind, name, url, apiKey, isFourK: is4k };
  const key = await saveInstance(webContext(), fields, process.env);
  note({ subject: key });
  return { key };
});

export const serviceChange = apiRoute(patchService, async ({ params, body, note }) => {
  const ctx = webContext();
  const before = findInstance(await ctx.loadConfig(), params.key);
  const { name = before.name, url = before.url, apiKey = null, is4k = before.isFourK } = body;
  const fields = { key: before.key, kind: before.kind, name, url, apiKey, isFourK: is4k };
  const key = await saveInstance(ctx, fields, process.env);
  note({
    subject: key,
    before: { name: before.name, url: before.url, is4k: before.isFourK },
    after: body,
  });
  return { key };
});

export const serviceRemoval = apiRoute(deleteService, async ({ params, note }) => {
  const ctx = webContext();
  const before = findInstance(await ctx.loadConfig(), params.key);
  await removeInstance(ctx, params.key, process.env);
  note({ subject: params.key, before: { name: before.name, url: before.url }, after: null });
  return null;
});

export const serviceTest = apiRoute(postServiceTest, async ({ params: { key }, note }) => {
  note(null);
  const config = await webContext().loadConfig();
  const result =
    key === "smtp"
      ? await testMailServer(config)
      : await testConnection(savedConnection(config, key));
  return {
    works: result.kind === "works",
    words: result.words,
    detail: result.kind === "works" ? result.detail : result.remedy,
  };
});

function findInstance({ instances }: Config, key: string) {
  const instance = instances.find((one) => one.key === key);
  if (!instance) throw new AppError("not_found", "There is no such instance");
  return instance;
}

function savedConnection(config: Config, key: string) {
  const { settings } = config;
  if (key !== "seerr" && key !== "plex") {
    const { kind, name, url, apiKey } = findInstance(config, key);
    return { service: kind, name, url, secret: apiKey };
  }
  const [name, url, secret] =
    key === "seerr"
      ? ["Seerr", settings.JELLYSEERR_URL, settings.JELLYSEERR_API_KEY]
      : ["Plex", settings.PLEX_URL, settings.PLEX_TOKEN];
  if (url === "") throw new AppError("not_found", `${name} is not connected`);
  return { service: key, name, url, secret } as const;
}

function found(health: ServiceHealth | null) {
  return {
    state: health?.state ?? ("unknown" as const),
    since: iso(health?.since ?? null),
    checkedAt: iso(health?.checkedAt ?? null),
    words: health?.words ?? null,
    remedy: health?.remedy ?? null,
  };
}
