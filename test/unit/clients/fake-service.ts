import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

type Route =
  | { json: unknown; status?: number }
  | ((request: IncomingMessage, response: ServerResponse, url: URL) => void);

export type FakeService = {
  url: string;
  port: number;
  /** Path and query of every request, with the header that carried the key. */
  requests: { path: string; query: Record<string, string>; headers: IncomingMessage["headers"] }[];
};

/** A server on loopback that answers what it was told, and 500 with the path to all else. */
export async function fakeService(routes: Record<string, Route>): Promise<FakeService> {
  const requests: FakeService["requests"] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    requests.push({
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
    });
    const route = routes[url.pathname];
    if (typeof route === "function") return route(request, response, url);
    const { json, status = 200 } = route ?? {
      json: { message: `not told what to answer: ${url.pathname}` },
      status: 500,
    };
    sendJson(response, json, status);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, requests };
}

export function sendJson(response: ServerResponse, json: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(json));
}

/** An answer from test/fixtures, such as `sonarr/rest-sonarr-v4-system-status`. */
export function answer(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), "utf8"));
}
