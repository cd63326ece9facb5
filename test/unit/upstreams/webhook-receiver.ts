import { FakeServer, type JsonObject, json, noContent } from "@/test/support/upstreams/fake-server";
import { asObject } from "@/test/support/upstreams/servarr-server";

export type Received = { path: string; body: JsonObject; headers: Record<string, unknown> };

/** Takes webhooks the way BingeAlert does, and keeps them. */
export class WebhookReceiver extends FakeServer {
  readonly received: Received[] = [];

  constructor() {
    super("webhook receiver");
    for (const path of ["/webhooks/:source", "/webhooks/:source/:instance"]) {
      this.route("POST", path, (incoming) => {
        const { path: at, body, headers } = incoming;
        this.received.push({ path: at, body: asObject(body), headers });
        return json({ ok: true });
      });
    }
    this.route("GET", "/moved", () => noContent());
    this.route("POST", "/moved", () => ({
      kind: "empty",
      status: 302,
      headers: { Location: "/webhooks/elsewhere" },
    }));
  }

  /** The bodies that came to that path. */
  bodies(path: string): JsonObject[] {
    return this.received.filter((r) => r.path === path).map((r) => r.body);
  }
}
