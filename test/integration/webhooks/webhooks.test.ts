import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { receiveWebhook } from "@/lib/services/inbound/receive-webhook";
import { webContext } from "@/lib/web/service-context";
import { FakeServer } from "@/test/support/upstreams/fake-server";
import { WebhooksInProcess } from "./webhook-in-process";

let webhooks: WebhooksInProcess;

beforeAll(async () => {
  webhooks = await WebhooksInProcess.open();
});

afterAll(async () => {
  await webhooks?.close();
});

beforeEach(() => webhooks.configure({}));

describe("what is taken", () => {
  test.each([
    ["jellyseerr", "seerr"],
    ["overseerr", "seerr"],
    ["seerr", "seerr"],
    ["sonarr", "sonarr"],
    ["radarr", "radarr"],
    ["Radarr", "radarr"],
  ])("/webhooks/%s is stored as %s, with its job, before the answer", async (name, source) => {
    const answer = await webhooks.send(`/webhooks/${name}`, { body: '{"eventType":"Download"}' });
    expect(answer).toMatchObject({ status: 200, body: { ok: true, id: expect.any(Number) } });
    expect(await webhooks.stored(answer)).toMatchObject({
      source,
      path_instance: null,
      remote_address: "192.0.2.7",
      outcome: "pending",
      has_job: true,
    });
  });

  test("none of the services that are set up is asked anything before the answer", async () => {
    const service = new FakeServer("every service");
    await service.start();
    for (const name of ["JELLYSEERR", "SONARR", "RADARR", "PLEX"]) {
      vi.stubEnv(`${name}_URL`, service.url);
      vi.stubEnv(name === "PLEX" ? "PLEX_TOKEN" : `${name}_API_KEY`, "key");
    }
    await webhooks.configure({});
    const { settings, instances } = await webContext().loadConfig();
    expect([settings.JELLYSEERR_URL, settings.PLEX_URL, ...instances.map((i) => i.url)]).toEqual(
      Array(4).fill(service.url),
    );
    for (const name of ["seerr", "sonarr", "radarr"]) {
      const answer = await webhooks.send(`/webhooks/${name}`, {
        body: '{"eventType":"Download","notification_type":"MEDIA_APPROVED"}',
      });
      expect(answer.status).toBe(200);
    }
    expect(service.requests).toEqual([]);
    await service.stop();
  });

  test("one that PostgreSQL refuses takes along none of those it is stored with", async () => {
    const arrived = (pathInstance: string) => ({
      source: "sonarr" as const,
      pathInstance,
      remoteAddress: null,
      headers: {},
      body: Buffer.from('{"eventType":"Download"}'),
    });
    // The first is stored alone, and those that come meanwhile together.
    const names = ["first", "before", "nul \0", "after"];
    const taken = await Promise.allSettled(
      names.map((name) => receiveWebhook(webContext(), arrived(name))),
    );
    expect(taken.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    const rows = await webhooks.raw`
      select path_instance as name from inbound_events
      where path_instance in ('first', 'before', 'after') order by id`;
    expect(rows.map(({ name }) => name)).toEqual(["first", "before", "after"]);
  });

  test("the instance of the address is kept as it was written", async () => {
    const named = await webhooks.send("/webhooks/sonarr/Anime%204K");
    expect(await webhooks.stored(named)).toMatchObject({ path_instance: "Anime 4K" });
    const strange = await webhooks.send(`/webhooks/sonarr/a%00b${"x".repeat(500)}`);
    const event = await webhooks.stored(strange);
    expect(event?.path_instance).toBe(`ab${"x".repeat(98)}`);
  });

  test("a test event is answered with friendly words", async () => {
    const sonarr = await webhooks.send("/webhooks/sonarr", { body: '{"eventType":"Test"}' });
    expect(sonarr.body.message).toMatch(/connection works/);
    const seerr = await webhooks.send("/webhooks/seerr", {
      body: '{"notification_type":"TEST_NOTIFICATION"}',
    });
    expect(seerr.body.message).toMatch(/connection works/);
  });

  test("the body is kept byte for byte, headers only where they help and hold no secret", async () => {
    const body = Buffer.from('{"eventType":"Grab","title":"Łódź \\ud800 \\u0000","n":1e400}');
    const answer = await webhooks.send("/webhooks/sonarr?token=hush", {
      body: new Uint8Array(body),
      headers: {
        authorization: "Bearer hush",
        cookie: "session=hush",
        "x-webhook-secret": "hush",
        "user-agent": "Sonarr/4.0.10 (debian)",
      },
    });
    const event = await webhooks.stored(answer);
    expect(event?.body).toEqual(body);
    expect(event?.headers).toEqual({
      "content-type": "application/json",
      "user-agent": "Sonarr/4.0.10 (debian)",
    });
  });

  test("any content type does when the body is a JSON object, and a byte order mark is no harm", async () => {
    const answer = await webhooks.send("/webhooks/sonarr", {
      body: `\ufeff{"eventType":"Test"}`,
      headers: { "content-type": "text/plain; charset=windows-1252" },
    });
    expect(answer.status).toBe(200);
    expect((await webhooks.stored(answer))?.body.toString()).toBe('{"eventType":"Test"}');
    const form = await webhooks.send("/webhooks/seerr", {
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(form.status).toBe(200);
  });
});

describe("the secret", () => {
  const secret = "pässwörd: 1";
  const latin1 = (text: string) => Buffer.from(text).toString("latin1");
  const basic = (password: string, encoding: "latin1" | "utf8") =>
    `Basic ${Buffer.from(`anybody:${password}`, encoding).toString("base64")}`;

  test.each([
    ["X-Webhook-Secret", { "x-webhook-secret": latin1(secret) }, ""],
    ["X-Webhook-Secret in ISO-8859-1", { "x-webhook-secret": secret }, ""],
    ["Authorization as it stands", { authorization: latin1(secret) }, ""],
    ["Authorization: Bearer", { authorization: `Bearer ${latin1(secret)}` }, ""],
    ["Authorization: bearer", { authorization: `bearer ${latin1(secret)}` }, ""],
    ["Basic in UTF-8", { authorization: basic(secret, "utf8") }, ""],
    ["Basic in ISO-8859-1", { authorization: basic(secret, "latin1") }, ""],
    ["?token=", {}, `?token=${encodeURIComponent(secret)}`],
  ])("is taken from %s", async (_way, headers, query) => {
    webhooks.configure({ WEBHOOK_SECRET: secret });
    const answer = await webhooks.send(`/webhooks/sonarr${query}`, {
      headers: headers as Record<string, string>,
    });
    expect(answer.status).toBe(200);
  });

  test.each([
    ["nothing", {}, ""],
    ["a wrong header", { "x-webhook-secret": "hush" }, ""],
    ["an empty header", { "x-webhook-secret": "" }, ""],
    ["a wrong Bearer", { authorization: "Bearer hush" }, ""],
    ["a wrong password", { authorization: basic("hush", "utf8") }, ""],
    [
      "the secret as user name",
      { authorization: `Basic ${Buffer.from(`${secret}:`).toString("base64")}` },
      "",
    ],
    ["broken Basic", { authorization: "Basic %%%" }, ""],
    ["a wrong token", {}, "?token=hush"],
    ["an empty token", {}, "?token="],
    ["a part of it", {}, `?token=${encodeURIComponent(secret.slice(0, -1))}`],
  ])("is missed in %s", async (_way, headers, query) => {
    webhooks.configure({ WEBHOOK_SECRET: secret });
    const before = await webhooks.countEvents();
    const answer = await webhooks.send(`/webhooks/sonarr${query}`, {
      headers: headers as Record<string, string>,
    });
    expect(answer).toMatchObject({ status: 401, body: { code: "wrong_secret" } });
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    expect(await webhooks.countEvents()).toBe(before);
  });
});

describe("a secret that is lost", () => {
  test("does not open the door: everything is refused in words, until an admin says what counts", async () => {
    webhooks.configure({ WEBHOOK_SECRET: "the one" });
    const carrying = { headers: { "x-webhook-secret": "the one" } };
    expect((await webhooks.send("/webhooks/sonarr", carrying)).status).toBe(200);
    webhooks.loseSecret();
    const before = await webhooks.countEvents();
    for (const sent of [{}, carrying]) {
      expect(await webhooks.send("/webhooks/sonarr", sent)).toMatchObject({
        status: 401,
        body: { code: "lost_secret", error: expect.stringContaining("Set WEBHOOK_SECRET again") },
      });
    }
    expect(await webhooks.countEvents()).toBe(before);
    // Taken away on purpose.
    webhooks.configure({});
    expect((await webhooks.send("/webhooks/sonarr")).status).toBe(200);
  });
});

describe("guessing the secret", () => {
  const from = (client: string) => ({
    from: { route: "direct" as const, peer: client, client },
  });
  const guess = (client: string, word: string) =>
    webhooks.send("/webhooks/sonarr", { ...from(client), headers: { "x-webhook-secret": word } });

  test("after too many wrong ones a right guess is refused as well, but not a sender that delivered before", async () => {
    webhooks.configure({ WEBHOOK_SECRET: "the one" });
    expect((await guess("192.0.2.90", "the one")).status).toBe(200);
    for (const client of ["192.0.2.90", "192.0.2.91"]) {
      let answer = await guess(client, "wrong");
      for (let tries = 0; answer.status === 401 && tries < 40; tries++) {
        answer = await guess(client, `wrong ${tries}`);
      }
      expect(answer).toMatchObject({ status: 429, body: { code: "too_many" } });
    }
    expect((await guess("192.0.2.91", "the one")).status).toBe(429);
    expect((await guess("192.0.2.90", "the one")).status).toBe(200);
  });
});

describe("the list of addresses", () => {
  const direct = (client: string) => ({ route: "direct" as const, peer: client, client });
  const list = "192.168.1.10, 10.0.0.0/8\nfd00::/8 nonsense";

  test.each([
    ["an address", direct("192.168.1.10"), 200],
    ["a network", direct("10.20.30.40"), 200],
    ["an IPv6 network", direct("fd12::1"), 200],
    ["an IPv4 address written as IPv6", direct("::ffff:10.1.1.1"), 200],
    [
      "the client a listed proxy named",
      { route: "proxy" as const, peer: "172.18.0.2", client: "10.0.0.9" },
      200,
    ],
    ["another address", direct("192.168.1.11"), 403],
    ["another IPv6 address", direct("2001:db8::1"), 403],
    [
      "a stranger behind a proxy",
      { route: "proxy" as const, peer: "10.0.0.1", client: "203.0.113.5" },
      403,
    ],
    [
      "an unlisted proxy inside the network",
      { route: "unclear" as const, peer: "10.0.0.1", client: "10.0.0.1" },
      403,
    ],
    ["no stamp at all", null, 403],
  ])("%s is answered as it should be", async (_who, from, status) => {
    webhooks.configure({ WEBHOOK_ALLOWED_IPS: list });
    const answer = await webhooks.send("/webhooks/radarr", { from });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe("wrong_address");
  });

  test("a list in which nothing can be understood lets nobody in", async () => {
    webhooks.configure({ WEBHOOK_ALLOWED_IPS: "sonarr.local" });
    expect((await webhooks.send("/webhooks/radarr")).status).toBe(403);
  });

  test("without a list no stamp is needed", async () => {
    expect((await webhooks.send("/webhooks/radarr", { from: null })).status).toBe(200);
  });
});

describe("what is refused", () => {
  const big = (bytes: number) => `{"eventType":"Grab","pad":"${"x".repeat(bytes - 29)}"}`;

  test.each([
    ["nothing", "", 400, "not_json"],
    ["broken JSON", '{"eventType":', 400, "not_json"],
    ["a list", '[{"eventType":"Test"}]', 400, "not_an_object"],
    ["null", "null", 400, "not_an_object"],
    ["a text", '"Test"', 400, "not_an_object"],
    ["a number", "1e400", 400, "not_an_object"],
    ["binary", "\u0000\u0001", 400, "not_json"],
    ["lists in lists", "[".repeat(100_000) + "]".repeat(100_000), 400, "not_an_object"],
  ])("%s", async (_name, body, status, code) => {
    const before = await webhooks.countEvents();
    const answer = await webhooks.send("/webhooks/sonarr", { body });
    expect(answer).toMatchObject({ status, body: { code, error: expect.any(String) } });
    expect(await webhooks.countEvents()).toBe(before);
  });

  test.each([
    ["application/x-www-form-urlencoded", "eventType=Test"],
    [
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="payload"\r\n\r\n{}\r\n--x--',
    ],
    ["application/xml", "<event/>"],
  ])("%s is another format", async (type, body) => {
    const answer = await webhooks.send("/webhooks/sonarr", {
      body,
      headers: { "content-type": type },
    });
    expect(answer).toMatchObject({ status: 415, body: { code: "not_json" } });
  });

  test("more than 5 MB, stated or not, and not a byte less", async () => {
    expect((await webhooks.send("/webhooks/sonarr", { body: big(5 * 1024 * 1024) })).status).toBe(
      200,
    );
    expect(
      (await webhooks.send("/webhooks/sonarr", { body: big(5 * 1024 * 1024 + 1) })).status,
    ).toBe(413);
    const stated = await webhooks.send("/webhooks/sonarr", {
      headers: { "content-length": "10000000" },
    });
    expect(stated).toMatchObject({ status: 413, body: { code: "too_large" } });
  });

  test("an endless body is not read to its end", async () => {
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1024 * 1024;
        controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
      },
    });
    expect((await webhooks.send("/webhooks/sonarr", { body })).status).toBe(413);
    expect(given).toBeLessThan(8 * 1024 * 1024);
  });

  test("a source nobody knows", async () => {
    for (const name of ["lidarr", "constructor", "toString", "__proto__"]) {
      const answer = await webhooks.send(`/webhooks/${name}`);
      expect(answer, name).toMatchObject({ status: 404, body: { code: "unknown_source" } });
    }
  });

  test("GET says that this is the right address, and wants POST", async () => {
    const answer = await webhooks.send("/webhooks/sonarr", { method: "GET" });
    expect(answer).toMatchObject({ status: 405, body: { code: "method" } });
    expect(answer.headers.get("allow")).toContain("POST");
    expect(answer.body.error).toMatch(/right address.*redirect/s);
    expect((await webhooks.send("/webhooks/lidarr", { method: "GET" })).status).toBe(404);
  });
});

describe("bad input that is a JSON object is stored", () => {
  test.each([
    ["an event nobody knows", '{"eventType":"Levitate"}'],
    ["nothing in it", "{}"],
    ["wrong types", '{"eventType":{"a":[]},"series":7,"episodes":"all","notification_type":null}'],
    ["huge numbers", '{"eventType":"Download","movie":{"id":1e400,"tmdbId":99999999999999999999}}'],
    ["NUL and lone surrogates", '{"eventType":"Grab","series":{"title":"\\u0000\\ud800"}}'],
    ["duplicate keys", '{"eventType":"Grab","eventType":"Test","__proto__":{"a":1}}'],
    ["deep nesting", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["deep objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
  ])("%s", async (_name, body) => {
    const answer = await webhooks.send("/webhooks/sonarr", { body });
    expect(answer.status).toBe(200);
    expect((await webhooks.stored(answer))?.body.toString()).toBe(body);
  });

  test("broken UTF-8", async () => {
    const body = Buffer.concat([
      Buffer.from('{"eventType":"Grab","series":{"title":"'),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
      Buffer.from('"}}'),
    ]);
    const answer = await webhooks.send("/webhooks/sonarr", { body: new Uint8Array(body) });
    expect(answer.status).toBe(200);
    expect((await webhooks.stored(answer))?.body).toEqual(body);
  });

  test("many at once, each with an id of its own", async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        webhooks.send("/webhooks/sonarr", { body: `{"n":${n}}` }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(200);
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });
});

const samples = path.resolve(import.meta.dirname, "../../../../shared/contracts/payloads");

describe.skipIf(!existsSync(samples))("every sample of the contracts is stored", () => {
  const files = existsSync(samples)
    ? readdirSync(samples).filter((name) => name.endsWith(".json"))
    : [];

  test.each(files)("%s", async (file) => {
    const source = /sonarr|arr-application/.test(file)
      ? "sonarr"
      : /radarr/.test(file)
        ? "radarr"
        : "seerr";
    const body = readFileSync(path.join(samples, file));
    const answer = await webhooks.send(`/webhooks/${source}`, { body: new Uint8Array(body) });
    expect(answer.status).toBe(200);
  });
});
