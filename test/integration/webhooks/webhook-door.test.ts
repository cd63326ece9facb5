import { Agent, createServer, request as httpRequest, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { takeAtTheDoor } from "@/lib/runtime/webhook-door";
import { takeWebhook } from "@/lib/web/webhook-route";
import { WebhooksInProcess } from "./webhook-in-process";

let webhooks: WebhooksInProcess;
let server: Server;
let port: number;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  webhooks = await WebhooksInProcess.open();
  server = createServer((request, response) => {
    // Next answers what the door leaves; here it is enough to see that it was left.
    if (!takeAtTheDoor(request, response, takeWebhook)) response.writeHead(599).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  agent.destroy();
  await new Promise((resolve) => server.close(resolve));
  await webhooks.close();
});

beforeEach(() => webhooks.configure({}));

type Got = { status: number; body: { id?: number; code?: string } };

/** Posts over one kept connection. */
function post(path: string, body: string, sent: { headers?: object; method?: string } = {}) {
  return new Promise<Got>((resolve, reject) => {
    const options = { port, path, method: sent.method ?? "POST", agent };
    const request = httpRequest({ ...options, headers: { ...sent.headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString()),
        }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

const event = '{"eventType":"Download"}';
const instanceOf = async ({ body }: Got) => {
  const [row] = await webhooks.raw<{ instance: string | null; body: Buffer }[]>`
    select path_instance as instance, body from inbound_events where id = ${body.id ?? 0}`;
  return row;
};

test("the usual addresses are taken, each with its instance", async () => {
  for (const [path, instance] of [
    ["/webhooks/sonarr", null],
    ["/webhooks/radarr/4k", "4k"],
    ["/webhooks/jellyseerr?token=anything", null],
  ] as const) {
    const got = await post(path, event);
    expect(got.status).toBe(200);
    expect((await instanceOf(got))?.instance).toBe(instance);
    expect((await instanceOf(got))?.body.toString()).toBe(event);
  }
});

test.each([
  ["GET", "/webhooks/sonarr"],
  ["PUT", "/webhooks/sonarr"],
  ["POST", "/webhooks/Sonarr"],
  ["POST", "/webhooks/sonarr/"],
  ["POST", "/webhooks/sonarr/Anime%204K"],
  ["POST", "/webhooks/sonarr/a/b"],
  ["POST", "/webhooks"],
  ["POST", "/api/v1/requests"],
])("%s %s is left to Next", async (method, path) => {
  const before = await webhooks.countEvents();
  expect((await post(path, event, { method })).status).toBe(599);
  expect(await webhooks.countEvents()).toBe(before);
});

describe("the secret", () => {
  test.each([
    ["right in the query", "/webhooks/sonarr?token=hush", {}, 200],
    ["right in a header", "/webhooks/sonarr", { "X-Webhook-Secret": "hush" }, 200],
    ["wrong", "/webhooks/sonarr?token=loud", {}, 401],
    ["missing", "/webhooks/sonarr", {}, 401],
  ])("%s", async (_name, path, headers, status) => {
    webhooks.configure({ WEBHOOK_SECRET: "hush" });
    expect((await post(path, event, { headers })).status).toBe(status);
  });
});

test("a body that is too large is refused in words its sender gets to see", async () => {
  const large = await post("/webhooks/sonarr", "x".repeat(10 * 1024 * 1024));
  expect(large).toMatchObject({ status: 413, body: { code: "too_large" } });
  expect((await post("/webhooks/sonarr", event)).status).toBe(200);
});

test("an endless body is not read to its end", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write("POST /webhooks/sonarr HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  const chunk = `100000\r\n${" ".repeat(1024 * 1024)}\r\n`;
  let megabytes = 0;
  while (!socket.destroyed && megabytes < 500) {
    megabytes += 1;
    await new Promise((resolve) => socket.write(chunk, resolve));
  }
  expect(socket.destroyed).toBe(true);
  expect(megabytes).toBeLessThan(100);
});

test("a sender that breaks off stores nothing and disturbs nobody", async () => {
  const before = await webhooks.countEvents();
  const socket = connect(port, "127.0.0.1");
  socket.write('POST /webhooks/sonarr HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"event');
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();
  await new Promise((resolve) => socket.once("close", resolve));
  expect((await post("/webhooks/sonarr", event)).status).toBe(200);
  expect(await webhooks.countEvents()).toBe(before + 1);
});
