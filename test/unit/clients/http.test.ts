import https from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { createHttpClient } from "@/lib/clients/http";
import { AppError, UpstreamError } from "@/lib/errors";
import { fakeService, sendJson } from "./fake-service";
import { testCertificate } from "./test-certificate";

const schema = z.object({ ok: z.boolean() });
const secret = "k3y-that-must-not-leak";

function client(url: string, change: { timeoutMs?: number; maxBytes?: number } = {}) {
  return createHttpClient({
    service: "sonarr",
    name: "Sonarr",
    url,
    headers: { "x-api-key": secret },
    ...change,
  });
}

async function failure(promise: Promise<unknown>): Promise<UpstreamError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  const upstream = error as UpstreamError;
  expect(upstream.service).toBe("sonarr");
  expect(upstream.message).not.toContain(secret);
  expect(upstream.message).not.toMatch(/[?&]apikey|please|!/i);
  return upstream;
}

describe("addresses", () => {
  it.each(["", "/", "/sonarr", "/sonarr/", "/a/b"])("keeps the base path %j", async (base) => {
    const path = `${base.replace(/\/$/, "")}/api/v3/thing`;
    const service = await fakeService({ [path]: { json: { ok: true } } });
    const query = { tvdbId: 5, none: undefined };
    expect(await client(service.url + base).get("api/v3/thing", schema, query)).toEqual({
      ok: true,
    });
    expect(service.requests).toMatchObject([
      { path, query: { tvdbId: "5" }, headers: { "x-api-key": secret } },
    ]);
  });

  it("turns a password in the address into a header", async () => {
    const service = await fakeService({ "/x": { json: { ok: true } } });
    await client(`http://me:p%40ss@127.0.0.1:${service.port}`).get("x", schema);
    const basic = Buffer.from("me:p@ss").toString("base64");
    expect(service.requests[0]?.headers.authorization).toBe(`Basic ${basic}`);
    await client(`http://me:50%off@127.0.0.1:${service.port}`).get("x", schema);
    const written = Buffer.from("me:50%off").toString("base64");
    expect(service.requests[1]?.headers.authorization).toBe(`Basic ${written}`);
  });

  it.each(["", "sonarr:8989", "ftp://sonarr", "http://"])("%j is none", (url) => {
    expect(() => client(url)).toThrow(AppError);
  });
});

describe("failures in words", () => {
  it("nothing answers", async () => {
    const error = await failure(client("http://127.0.0.1:1/").get("x", schema));
    expect(error).toMatchObject({
      kind: "refused",
      retryable: true,
      message:
        "Nothing answers at 127.0.0.1:1. Inside a container “localhost” is the container itself",
    });
    expect(error.cause).toBeInstanceOf(Error);
  });

  it("a name nobody knows", async () => {
    const error = await failure(client("http://sonarr.invalid:8989").get("x", schema));
    expect(error).toMatchObject({
      kind: "dns",
      message: "The name sonarr.invalid is unknown here",
    });
  });

  it("no answer in time, also when the body stops coming", async () => {
    const service = await fakeService({
      "/silent": () => {},
      "/half": (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write('{"ok":');
      },
    });
    for (const path of ["silent", "half"]) {
      const error = await failure(client(service.url, { timeoutMs: 100 }).get(path, schema));
      expect(error).toMatchObject({
        kind: "timeout",
        retryable: true,
        message: "Sonarr gave no answer within 0.1 s",
      });
    }
  });

  it("hangs up in the middle", async () => {
    const service = await fakeService({
      "/half": (_request, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "50" });
        response.write('{"ok":');
        setTimeout(() => response.destroy(), 20);
      },
    });
    const error = await failure(client(service.url).get("half", schema));
    expect(error).toMatchObject({ kind: "refused", retryable: true });
  });

  it("a certificate nobody vouches for, and no TLS at all", async () => {
    const server = https.createServer(testCertificate, (_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await failure(client(`https://127.0.0.1:${port}`).get("x", schema))).toMatchObject({
      kind: "tls",
      retryable: false,
      message: "The certificate of Sonarr is not signed by an authority known here",
    });
    const plain = await fakeService({});
    const error = await failure(client(`https://127.0.0.1:${plain.port}`).get("x", schema));
    expect(error).toMatchObject({
      kind: "tls",
      message: "Sonarr does not speak TLS at this port",
    });
  });

  it.each([
    [401, "auth", false, "Sonarr is there, but it refused the key"],
    [403, "auth", false, "Sonarr is there, but it refused the key"],
    [404, "status", false, "Sonarr does not know this address (404); is the URL base missing?"],
    [429, "status", true, "Sonarr asks for fewer requests (429)"],
    [500, "status", true, "Sonarr answered with error 500"],
    [503, "status", true, "Sonarr answered with error 503"],
  ])("status %i", async (status, kind, retryable, message) => {
    const service = await fakeService({ "/x": { json: { message: "words" }, status } });
    const error = await failure(client(service.url).get("x", schema, { apikey: secret }));
    expect(error).toMatchObject({ kind, retryable, message, status });
    expect(String(error.cause)).toContain("words");
  });

  it("data of another kind", async () => {
    const service = await fakeService({
      "/page": (_request, response) => {
        response.writeHead(200, { "content-type": "text/html" });
        response.end("<!doctype html><title>Sonarr</title>");
      },
      "/broken": (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end('{"ok":');
      },
      "/other": { json: { ok: "yes" } },
      "/big": { json: { ok: true, more: "x".repeat(3000) } },
    });
    const asked = (path: string) =>
      failure(client(service.url, { maxBytes: 2000 }).get(path, schema));
    expect(await asked("page")).toMatchObject({
      kind: "parse",
      message: "Sonarr answered with a web page instead of data; is the URL base missing?",
    });
    expect(await asked("broken")).toMatchObject({
      kind: "parse",
      message: "Sonarr answered with something that is not JSON",
    });
    expect(await asked("other")).toMatchObject({
      kind: "parse",
      message: "Sonarr answered with data of another shape (at ok)",
    });
    expect((await asked("big")).kind).toBe("parse");
  });
});

describe("not found", () => {
  it("is null when the service itself says so, and an error when a page says so", async () => {
    const service = await fakeService({
      "/gone": { json: { message: "NotFound" }, status: 404 },
      "/page": (_request, response) => {
        response.writeHead(404, { "content-type": "text/html" });
        response.end("<html>nginx</html>");
      },
    });
    const http = client(service.url);
    expect(await http.getOrNull("gone", schema)).toBeNull();
    expect((await failure(http.getOrNull("page", schema))).status).toBe(404);
    expect(await http.getOrNull("page", schema, {}, { html404: true })).toBeNull();
    expect((await failure(http.get("gone", schema))).status).toBe(404);
  });
});

describe("redirects", () => {
  const to = (location: string, status = 302) => ({
    redirect: async () =>
      fakeService({
        "/x": (_request, response) => response.writeHead(status, { location }).end(),
        "/y": (_request, response) => sendJson(response, { ok: true }),
        "/circle": (_request, response) => response.writeHead(302, { location: "/x" }).end(),
      }),
  });

  it("are followed once on the same host", async () => {
    const service = await to("/y").redirect();
    expect(await client(service.url).get("x", schema)).toEqual({ ok: true });
    const circle = await to("/circle").redirect();
    const error = await failure(client(circle.url).get("x", schema));
    expect(error.message).toBe("Sonarr redirects in circles");
  });

  it.each([
    [
      "http://elsewhere.invalid/x",
      "Sonarr redirects to http://elsewhere.invalid. Use that address here",
    ],
    ["http://127.0.0.1:1/x", "Sonarr redirects to http://127.0.0.1:1. Use that address here"],
    ["/sonarr/x", "Sonarr lives under /sonarr: add it to its address"],
    [
      "/login?returnUrl=/x",
      "Sonarr sends to its login page instead of data; is the URL base missing?",
    ],
  ])("to %s", async (location, message) => {
    const service = await to(location, 307).redirect();
    const error = await failure(client(service.url).get("x", schema));
    expect(error).toMatchObject({ kind: "status", retryable: false, message });
    expect(service.requests).toHaveLength(1);
  });
});
