import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import type { Endpoint } from "@/lib/web/api/endpoint";
import { endpoints } from "@/lib/web/api/openapi";
import { refusalBody } from "@/lib/web/api/refusal";
import { webDatabase } from "@/lib/web/service-context";
import { createTestDatabase } from "@/test/support/postgres";
import { documentedAnswer } from "./documented-answer";

type Handler = (
  request: Request,
  place: { params: Promise<Record<string, string | string[]> | undefined> },
) => Promise<Response>;

const appFolder = path.resolve(import.meta.dirname, "../../../app");

/** Addresses of the route files under a folder of `app`, the most specific first. */
export function routeAddresses(folder: string): string[] {
  return readdirSync(path.join(appFolder, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .map((file) => `/${path.posix.join(folder, path.dirname(file))}`)
    .sort((one, other) => weight(one) - weight(other) || one.localeCompare(other));
}

const weight = (address: string) =>
  address.includes("[...") ? 1000 : (address.match(/\[/g) ?? []).length;

/** The handlers of a route file. */
export async function loadRoute(address: string): Promise<Record<string, Handler | undefined>> {
  return import(path.join(appFolder, address, "route.ts"));
}

function match(address: string, pathname: string): Record<string, string | string[]> | null {
  const params: Record<string, string | string[]> = {};
  const parts = pathname.split("/");
  for (const [index, name] of address.split("/").entries()) {
    const part = parts[index];
    if (name.startsWith("[...")) return { [name.slice(4, -1)]: parts.slice(index) };
    if (part === undefined) return null;
    if (name.startsWith("[")) params[name.slice(1, -1)] = decodeURIComponent(part);
    else if (name !== part) return null;
  }
  return parts.length === address.split("/").length ? params : null;
}

/** What the API answered, already compared with the document. */
export type Answer = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  body: any;
};

/**
 * The routes of the API, called as Next calls them, on a database of their own. Every answer is compared with what
 * the OpenAPI document says about it.
 */
export class ApiInProcess {
  /** Every operation that answered well so far, as `GET /requests/{id}`. */
  readonly answered = new Set<string>();

  private constructor(
    private readonly drop: () => Promise<void>,
    private readonly configDir: string,
  ) {}

  static async open(): Promise<ApiInProcess> {
    const database = await createTestDatabase();
    const configDir = mkdtempSync(path.join(os.tmpdir(), "bingealert-api-"));
    process.env.DATABASE_URL = database.url;
    process.env.CONFIG_DIR = configDir;
    process.env.APP_SECRET_KEY = "test-secret-key";
    return new ApiInProcess(database.drop, configDir);
  }

  get db() {
    return webDatabase().db;
  }

  get raw() {
    return webDatabase().raw;
  }

  async call(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    target: string,
    options: {
      json?: unknown;
      body?: string | Uint8Array<ArrayBuffer>;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Answer> {
    const url = new URL(target, "http://localhost:8000");
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    const headers = {
      host: "localhost:8000",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...options.headers,
    };
    for (const address of routeAddresses("api/v1")) {
      const params = match(address, url.pathname);
      if (!params) continue;
      const handler = (await loadRoute(address))[method];
      if (!handler) throw new Error(`${address} has no ${method}`);
      const response = await handler(
        new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
        // As Next does: an address without parameters has none, not an empty set.
        { params: Promise.resolve(Object.keys(params).length === 0 ? undefined : params) },
      );
      return this.compare(method, address, response);
    }
    throw new Error(`No route has the address ${url.pathname}`);
  }

  private async compare(method: string, address: string, response: Response): Promise<Answer> {
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { status, headers } = response;
    const endpoint = endpoints.find(
      (known) => known.method === method.toLowerCase() && documentPath(address) === known.path,
    );
    if (response.ok && endpoint?.bytes === "answer") {
      const body = Buffer.from(await response.arrayBuffer());
      this.note(endpoint, status, headers.get("content-type"));
      return { status, headers, body };
    }
    const text = await response.text();
    const body = text === "" ? null : JSON.parse(text);
    if (!endpoint) {
      expect(refusalBody.safeParse(body).error).toBeUndefined();
    } else {
      const documented = documentedAnswer(endpoint, status);
      expect(documented, `${method} ${endpoint.path} answers ${status}`).not.toBeNull();
      expect(documented?.problems(body)).toEqual([]);
      if (response.ok) {
        this.note(endpoint, status, headers.get("content-type"));
        expect(endpoint.response.safeParse(body).error).toBeUndefined();
      }
    }
    return { status, headers, body };
  }

  private note(endpoint: Endpoint, status: number, contentType: string | null): void {
    expect(status).toBe(endpoint.status);
    expect(contentType).toBe(documentedAnswer(endpoint, status)?.contentType ?? null);
    this.answered.add(`${endpoint.method.toUpperCase()} ${endpoint.path}`);
  }

  async close(): Promise<void> {
    await webDatabase().close();
    await this.drop();
    rmSync(this.configDir, { recursive: true, force: true });
  }
}

/** `/api/v1/requests/[id]` as the document writes it: `/requests/{id}`. */
export function documentPath(address: string): string {
  return address.replace(/^\/api\/v1/, "").replace(/\[(\w+)\]/g, "{$1}");
}
