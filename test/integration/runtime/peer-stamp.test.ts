import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readClientAddress, setTrustedProxies, stampState } from "@/lib/runtime/peer-address";
import { stampRequests } from "@/lib/runtime/peer-stamp";

let server: Server;
let port: number;
let seen: { headers: IncomingHttpHeaders; rawHeaders: string[] };

beforeAll(async () => {
  stampRequests("");
  server = createServer((request, response) => {
    seen = { headers: request.headers, rawHeaders: request.rawHeaders };
    response.end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  port = address && typeof address === "object" ? address.port : 0;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** A request byte by byte: a client that lies is not held to what fetch allows. */
async function send(...lines: string[]): Promise<typeof seen> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", reject);
    socket.once("close", () => resolve());
    socket.resume();
    socket.end(["GET / HTTP/1.1", "Host: x", "Connection: close", ...lines, "", ""].join("\r\n"));
  });
  return seen;
}

const client = ({ headers }: typeof seen) =>
  readClientAddress({ get: (name) => [headers[name]].flat().join(", ") || null });

const lies = [
  "X-Forwarded-For: 10.0.0.1",
  "x-forwarded-for: 10.0.0.2",
  "X-FORWARDED-HOST: evil.example.net",
  "X-Forwarded-Proto: https",
  "Forwarded: for=10.0.0.1",
  "X-Real-IP: 10.0.0.1",
  "CF-Connecting-IP: 10.0.0.1",
  "True-Client-IP: 10.0.0.1",
  "x-middleware-subrequest: middleware:middleware",
];

test("a stranger's forwarding headers are gone, and the route is unclear", async () => {
  setTrustedProxies("");
  const request = await send(...lies, "X-Kept: yes");
  expect(client(request)).toEqual({ peer: "127.0.0.1", client: "127.0.0.1", route: "unclear" });
  const names = Object.keys(request.headers).filter((name) => !name.startsWith("x-peer-"));
  expect(names.sort()).toEqual(["connection", "host", "x-kept"]);
  expect(request.rawHeaders.join(" ")).not.toMatch(/10\.0\.0|evil|middleware/);
});

test("a plain request is direct", async () => {
  expect(client(await send())).toEqual({ peer: "127.0.0.1", client: "127.0.0.1", route: "direct" });
});

test("a listed proxy is believed about the client, host and protocol, and nothing else", async () => {
  setTrustedProxies("127.0.0.0/8");
  const request = await send(
    "X-Forwarded-For: 10.0.0.1",
    "X-Forwarded-For: 192.0.2.9",
    "X-Forwarded-Proto: http, https",
    "X-Forwarded-Host: binge.example.net",
    "X-Real-IP: 10.0.0.1",
    "x-middleware-subrequest: middleware",
  );
  expect(client(request)).toEqual({ peer: "127.0.0.1", client: "192.0.2.9", route: "proxy" });
  expect(request.headers).toMatchObject({
    "x-forwarded-for": "192.0.2.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "binge.example.net",
  });
  expect(request.headers["x-real-ip"]).toBeUndefined();
  expect(request.headers["x-middleware-subrequest"]).toBeUndefined();
});

test("whoever knows the name of the stamp cannot write it", async () => {
  setTrustedProxies("");
  const name = stampState()?.headerName ?? "";
  const request = await send(
    `${name}: direct 10.0.0.1 10.0.0.1`,
    `${name}: proxy 10.0.0.1 10.0.0.1`,
  );
  expect(client(request)?.client).toBe("127.0.0.1");
  expect(request.rawHeaders.filter((text) => text.toLowerCase() === name)).toHaveLength(1);
});
