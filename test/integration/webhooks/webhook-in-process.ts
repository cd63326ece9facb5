import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { vi } from "vitest";
import { POST as postInstance } from "@/app/webhooks/[source]/[instance]/route";
import { GET as getSource, POST as postSource } from "@/app/webhooks/[source]/route";
import { beginStamping, formatStamp } from "@/lib/runtime/peer-address";
import { noteWebhookSecret } from "@/lib/services/settings/webhook-secret-state";
import { webContext, webDatabase } from "@/lib/web/service-context";
import { createTestDatabase } from "@/test/support/postgres";

const stampHeader = "x-peer-test";

export type Sent = {
  method?: "GET" | "POST";
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
  /** What the process stamps on the request: route, peer, client. Null: no stamp. */
  from?: { route: "direct" | "proxy" | "unclear"; peer: string; client: string } | null;
};

export type Answer = {
  status: number;
  headers: Headers;
  body: { ok?: boolean; id?: number; message?: string; error?: string; code?: string };
};

/** The webhook routes, called as Next calls them, on a database of their own. */
export class WebhooksInProcess {
  #clockAhead = 0;
  #taking: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly drop: () => Promise<void>,
    private readonly configDir: string,
  ) {}

  static async open(): Promise<WebhooksInProcess> {
    const database = await createTestDatabase();
    const configDir = mkdtempSync(path.join(os.tmpdir(), "bingealert-webhooks-"));
    process.env.DATABASE_URL = database.url;
    process.env.CONFIG_DIR = configDir;
    beginStamping(stampHeader, "");
    return new WebhooksInProcess(database.drop, configDir);
  }

  get raw() {
    return webDatabase().raw;
  }

  /** Changes settings as an admin does, who may take the secret away, and lets the second pass for which the old ones may still count. */
  configure(settings: { WEBHOOK_SECRET?: string; WEBHOOK_ALLOWED_IPS?: string }): Promise<unknown> {
    process.env.WEBHOOK_SECRET = settings.WEBHOOK_SECRET ?? "";
    process.env.WEBHOOK_ALLOWED_IPS = settings.WEBHOOK_ALLOWED_IPS ?? "";
    if (!settings.WEBHOOK_SECRET) {
      this.#taking = noteWebhookSecret(webContext().database.db, "", new Date());
    }
    this.#pass();
    return this.#taking;
  }

  /** The secret is gone without anybody having taken it away. */
  loseSecret(): void {
    process.env.WEBHOOK_SECRET = "";
    this.#pass();
  }

  #pass(): void {
    this.#clockAhead += 1001;
    const now = performance.timeOrigin;
    const ahead = this.#clockAhead;
    vi.spyOn(performance, "now").mockImplementation(() => Date.now() - now + ahead);
  }

  async send(target: string, sent: Sent = {}): Promise<Answer> {
    await this.#taking;
    const url = new URL(target, "http://localhost:8000");
    const from =
      sent.from === undefined
        ? { route: "direct" as const, peer: "192.0.2.7", client: "192.0.2.7" }
        : sent.from;
    const method = sent.method ?? "POST";
    const request = new Request(url, {
      method,
      headers: {
        "content-type": "application/json",
        ...sent.headers,
        ...(from ? { [stampHeader]: formatStamp(from) } : {}),
      },
      ...(method === "GET" ? {} : { body: sent.body ?? '{"eventType":"Test"}', duplex: "half" }),
    } as RequestInit);
    const [, , source = "", instance] = url.pathname.split("/").map(decodeURIComponent);
    const response = await (method === "GET"
      ? getSource(request, { params: Promise.resolve({ source }) })
      : instance === undefined
        ? postSource(request, { params: Promise.resolve({ source }) })
        : postInstance(request, { params: Promise.resolve({ source, instance }) }));
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Answer["body"],
    };
  }

  /** The stored event of an answer, with its job. */
  async stored(answer: Answer) {
    const [event] = await this.raw`
      select source, path_instance, remote_address, headers, body, outcome,
        exists (select 1 from graphile_worker._private_jobs
                where payload::jsonb = jsonb_build_object('eventId', inbound_events.id)) as has_job
      from inbound_events where id = ${answer.body.id ?? 0}`;
    return event;
  }

  async countEvents(): Promise<number> {
    const [row] = await this.raw`select count(*)::int as count from inbound_events`;
    return row?.count;
  }

  async close(): Promise<void> {
    await webDatabase().close();
    await this.drop();
    rmSync(this.configDir, { recursive: true, force: true });
  }
}
