import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ServiceContext } from "@/lib/services/context";
import { installWebhook } from "@/lib/services/setup/install-webhook";
import { webContext } from "@/lib/web/service-context";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
import { startWebhookFront } from "./webhook-front";
import { WebhooksInProcess } from "./webhook-in-process";

let stack: MediaStack;
let webhooks: WebhooksInProcess;
let front: Awaited<ReturnType<typeof startWebhookFront>>;
let base: string;
let ctx: ServiceContext;

const names = ["SONARR", "SONARR_ANIME", "RADARR"] as const;

beforeAll(async () => {
  stack = await startMediaStack();
  webhooks = await WebhooksInProcess.open();
  front = await startWebhookFront((target, sent) => webhooks.send(target, sent));
  base = front.url;
  const upstreams = [stack.sonarr, stack.sonarrAnime, stack.radarr];
  for (const [index, name] of names.entries()) {
    process.env[`${name}_URL`] = upstreams[index]?.url;
    process.env[`${name}_API_KEY`] = upstreams[index]?.apiKey;
  }
  process.env.JELLYSEERR_URL = stack.seerr.url;
  process.env.JELLYSEERR_API_KEY = stack.seerr.apiKey;
  ctx = webContext();
});

afterAll(async () => {
  for (const name of names) {
    delete process.env[`${name}_URL`];
    delete process.env[`${name}_API_KEY`];
  }
  delete process.env.JELLYSEERR_URL;
  delete process.env.JELLYSEERR_API_KEY;
  await front.stop();
  await webhooks.close();
  await stack.stop();
});

beforeEach(() => webhooks.configure({ WEBHOOK_SECRET: "a secret of the household" }));

const install = async (key: string, replace = false) =>
  (await installWebhook(ctx, { key, base, replace })).result;

async function connections(service: { url: string; apiKey: string }) {
  const answer = await fetch(`${service.url}/api/v3/notification`, {
    headers: { "X-Api-Key": service.apiKey },
  });
  return (await answer.json()) as {
    name: string;
    onGrab: boolean;
    onHealthIssue: boolean;
    tags: number[];
    fields: { name: string; value: unknown }[];
  }[];
}

describe("installing webhooks", () => {
  test("Sonarr gets one connection, with the secret, and calls back", async () => {
    stack.sonarr.addNotification({
      name: "Home Assistant",
      implementation: "Webhook",
      configContract: "WebhookSettings",
      fields: [{ name: "url", value: "http://ha.example.net/api/webhook/sonarr" }],
    });
    const before = await connections(stack.sonarr);
    expect(await install("sonarr")).toMatchObject({
      kind: "proven",
      words: expect.stringMatching(/^Sonarr called back after \d+\.\d s$/),
    });
    const after = await connections(stack.sonarr);
    expect(after.filter(({ name }) => name === "Home Assistant")).toEqual(before);
    const own = after.filter(({ name }) => name === "BingeAlert");
    expect(own).toMatchObject([{ onGrab: true, onImportComplete: true, onHealthIssue: false }]);
    expect(own[0]?.fields.find(({ name }) => name === "url")?.value).toBe(
      `${base}/webhooks/sonarr`,
    );
    // Whatever is sent from now on carries the secret.
    await stack.sonarr.test();
    expect(stack.sonarr.webhooks.deliveries.at(-1)?.outcome).toMatchObject({ status: 200 });
  });

  test("a second time changes ours instead of adding another, and keeps what the admin added to it", async () => {
    const [first] = (await connections(stack.sonarr)).filter(({ name }) => name === "BingeAlert");
    await fetch(`${stack.sonarr.url}/api/v3/notification/${(first as { id?: number }).id}`, {
      method: "PUT",
      headers: { "X-Api-Key": stack.sonarr.apiKey, "Content-Type": "application/json" },
      body: JSON.stringify({ ...first, tags: [7], onHealthIssue: true }),
    });
    webhooks.configure({ WEBHOOK_SECRET: "another secret" });
    const url = `${base}/webhooks/sonarr`;
    expect(await installWebhook(ctx, { key: "sonarr", base, replace: false })).toMatchObject({
      result: { kind: "proven" },
      written: { before: url, after: url },
    });
    const own = (await connections(stack.sonarr)).filter(({ name }) => name === "BingeAlert");
    expect(own).toMatchObject([{ tags: [7], onHealthIssue: true }]);
    await stack.sonarr.test();
    expect(stack.sonarr.webhooks.deliveries.at(-1)?.outcome).toMatchObject({ status: 200 });
  });

  test("a further instance posts to an address of its own", async () => {
    expect(await install("sonarr-anime")).toMatchObject({ kind: "proven" });
    expect(stack.sonarrAnime.webhooks.target?.url).toBe(`${base}/webhooks/sonarr/anime`);
  });

  test("Radarr gets the switches it knows", async () => {
    expect(await install("radarr")).toMatchObject({ kind: "proven" });
    const own = (await connections(stack.radarr)).find(({ name }) => name === "BingeAlert");
    expect(own).toMatchObject({ onMovieFileDelete: true, onManualInteractionRequired: true });
    expect(own).not.toHaveProperty("onImportComplete");
  });

  test("an address nothing answers at is said in words, and nothing is kept", async () => {
    const before = await connections(stack.radarr);
    const { result, written } = await installWebhook(ctx, {
      key: "radarr",
      base: "http://127.0.0.1:9",
      replace: false,
    });
    expect(written).toBeNull();
    expect(result).toMatchObject({
      kind: "refused",
      words: "Radarr could not post to http://127.0.0.1:9/webhooks/radarr",
    });
    expect(await connections(stack.radarr)).toEqual(before);
    await expect(
      installWebhook(ctx, { key: "radarr", base: "radarr:7878", replace: false }),
    ).rejects.toThrow("The address begins with http:// or https://");
  });

  test("Seerr's only webhook is not taken from somebody else unasked", async () => {
    const other = { url: "http://ha.example.net/api/webhook/seerr", headers: {} };
    stack.seerr.webhook.target = other;
    expect(await install("seerr")).toMatchObject({ kind: "occupied", url: "ha.example.net" });
    expect(stack.seerr.webhook.target).toBe(other);
    expect(await install("seerr", true)).toMatchObject({ kind: "proven" });
    expect(stack.seerr.webhook.target).toMatchObject({
      url: `${base}/webhooks/seerr`,
      headers: { Authorization: "a secret of the household" },
    });
    // Ours needs no question.
    expect(await install("seerr")).toMatchObject({ kind: "proven" });
  });

  test("a wrong key is said in words", async () => {
    process.env.RADARR_API_KEY = "wrong";
    expect(await install("radarr")).toEqual({
      kind: "refused",
      words: "Radarr is there, but it refused the key",
      remedy: "Copy its API key anew from its settings",
    });
    process.env.RADARR_API_KEY = stack.radarr.apiKey;
  });
});
