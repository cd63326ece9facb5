import { describe, expect, test } from "vitest";
import {
  type Connection,
  guessWebhookBase,
  planConnection,
  planSeerrWebhook,
  webhookAddress,
  webhookBaseProblem,
} from "@/lib/domain/webhook-install";

const url = "http://binge:8000/webhooks/sonarr";
const schema: Connection[] = [
  {
    name: "",
    implementation: "Webhook",
    fields: [
      { name: "url" },
      { name: "method", value: 1 },
      { name: "username" },
      { name: "password" },
    ],
    onGrab: false,
    onUpgrade: false,
    supportsOnUpgrade: false,
    presets: [],
  },
];
const hook = (id: number, name: string, address: string): Connection => ({
  id,
  name,
  implementation: "Webhook",
  fields: [{ name: "url", value: address }],
});

describe("the connection in Sonarr and Radarr", () => {
  const plan = (existing: Connection[], secret = "s3cret") =>
    planConnection({ existing, schema, url, secret });

  test("a new one, with what this version supports", () => {
    expect(plan([hook(1, "Other", "http://other/webhooks/sonarr")])).toEqual({
      kind: "add",
      body: {
        name: "BingeAlert",
        implementation: "Webhook",
        fields: [
          { name: "url", value: url },
          { name: "method", value: 1 },
          { name: "username", value: "bingealert" },
          { name: "password", value: "s3cret" },
        ],
        onGrab: true,
        onUpgrade: false,
        supportsOnUpgrade: false,
      },
    });
  });

  test("ours by its name, also after we moved, before one that posts to the same address", () => {
    expect(plan([hook(1, "By hand", url), hook(2, "BingeAlert", "http://old/x")])).toMatchObject({
      kind: "change",
      id: 2,
    });
    expect(plan([hook(1, "By hand", url)])).toMatchObject({ kind: "change", id: 1 });
    const other = { ...hook(3, "BingeAlert", url), implementation: "Discord" };
    expect(plan([other])).toMatchObject({ kind: "add" });
  });

  test("a service without webhooks gets none", () => {
    expect(planConnection({ existing: [], schema: [], url, secret: "" })).toBeNull();
  });
});

describe("the one webhook of Seerr", () => {
  const existing = (webhookUrl: string, enabled = true, more = {}) => ({
    enabled,
    types: 8,
    embedPoster: true,
    options: { webhookUrl, ...more },
  });
  const plan = (there: ReturnType<typeof existing>, replace = false) =>
    planSeerrWebhook({ existing: there, url: "http://b/webhooks/seerr", secret: "x", replace });

  test.each([
    ["not set", existing(""), "write"],
    ["off", existing("http://ha/hook", false), "write"],
    ["ours", existing("http://b/webhooks/seerr"), "write"],
    ["ours of before", existing("http://old/webhooks/jellyseerr?token=a"), "write"],
    ["of others", existing("http://ha/hook"), "occupied"],
  ])("%s", (_name, there, kind) => {
    expect(plan(there).kind).toBe(kind);
    expect(plan(there, true).kind).toBe("write");
  });

  test("keeps what it does not know, and never sends both kinds of authorization", () => {
    const written = plan(existing("", true, { customHeaders: [{ key: "a", value: "b" }] }));
    expect(written).toMatchObject({
      body: {
        embedPoster: true,
        types: 4062,
        options: { authHeader: "x", customHeaders: [] },
      },
    });
    const payload = written.kind === "write" ? written.body.options.jsonPayload : "";
    expect(JSON.parse(JSON.parse(String(payload)))).toHaveProperty(["{{request}}", "request_id"]);
  });
});

describe("where services reach us", () => {
  const facts = {
    publicAddress: null as string | null,
    basePath: "",
    serviceUrls: ["http://sonarr:8989"],
    seenAs: "http://192.168.1.5:8000",
    ownAddress: "192.168.1.5",
    port: 8000,
  };
  test.each([
    ["the public address", { publicAddress: "https://b.example.net/x" }, "https://b.example.net/x"],
    ["all on this machine", { serviceUrls: ["http://localhost:1"] }, "http://127.0.0.1:8000"],
    ["as the browser came", {}, "http://192.168.1.5:8000"],
    ["its own", { seenAs: "http://localhost:8000" }, "http://192.168.1.5:8000"],
    ["nothing known", { seenAs: null, ownAddress: null }, "http://127.0.0.1:8000"],
    ["below a path", { basePath: "/binge" }, "http://192.168.1.5:8000/binge"],
    [
      "below a path on this machine",
      { basePath: "/binge", serviceUrls: ["http://localhost:1"] },
      "http://127.0.0.1:8000/binge",
    ],
    [
      "below a path with nothing known",
      { basePath: "/binge", seenAs: null, ownAddress: "10.0.0.2" },
      "http://10.0.0.2:8000/binge",
    ],
  ])("%s", (_name, given, guess) => {
    expect(guessWebhookBase({ ...facts, ...given })).toBe(guess);
  });

  test("the path names an instance that is not the default one", () => {
    const of = (instanceKey: string | null) =>
      webhookAddress("http://b:8000/", { source: "sonarr", instanceKey });
    expect(of("sonarr")).toEqual({ url: "http://b:8000/webhooks/sonarr", pathInstance: null });
    expect(of("sonarr-anime").url).toBe("http://b:8000/webhooks/sonarr/anime");
  });

  test.each(["", "binge:8000", "ftp://b", "http://u:p@b", "http://b/?a=1"])(
    "%s is none",
    (base) => {
      expect(webhookBaseProblem(base)).not.toBeNull();
    },
  );
});
