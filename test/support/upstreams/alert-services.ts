import { FakeServer, type Incoming, json } from "./fake-server";

export type ReceivedAlert = {
  channel: "webhook" | "discord" | "slack" | "ntfy" | "pushover";
  headers: Incoming["headers"];
  query: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  body: any;
};

/** Discord, Slack, ntfy, Pushover and a receiver of one's own, on loopback, each at the path the real one has. */
export class FakeAlertServices extends FakeServer {
  /** Every message that was taken, oldest first. */
  readonly received: ReceivedAlert[] = [];

  constructor() {
    super("Alert services");
    this.take("/hooks/bingealert", "webhook", () => json({ ok: true }));
    this.take("/api/webhooks/1188/discord-token", "discord", () => json({ id: "1" }));
    this.take("/services/T000/B000/slack-token", "slack", () => ({
      kind: "text",
      status: 200,
      type: "text/html",
      body: "ok",
    }));
    this.take("/", "ntfy", () => json({ id: "x1", event: "message" }));
    this.take("/1/messages.json", "pushover", () => json({ status: 1, request: "r1" }));
  }

  /** Settings that point every channel here. */
  env(): Record<string, string> {
    return {
      ALERT_WEBHOOK_URL: `${this.url}/hooks/bingealert`,
      ALERT_WEBHOOK_SECRET: "hook-secret",
      DISCORD_WEBHOOK_URL: `${this.url}/api/webhooks/1188/discord-token`,
      SLACK_WEBHOOK_URL: `${this.url}/services/T000/B000/slack-token`,
      NTFY_URL: `${this.url}/attic-alerts`,
      NTFY_TOKEN: "tk_secret",
      PUSHOVER_TOKEN: "app-token",
      PUSHOVER_USER: "user-key",
      PUSHOVER_API_URL: this.url,
    };
  }

  /** What one channel took, oldest first. */
  to(channel: ReceivedAlert["channel"]): ReceivedAlert[] {
    return this.received.filter((alert) => alert.channel === channel);
  }

  private take(
    path: string,
    channel: ReceivedAlert["channel"],
    answer: () => ReturnType<typeof json>,
  ): void {
    this.route("POST", path, ({ headers, query, body }) => {
      this.received.push({ channel, headers, query: query.toString(), body });
      return answer();
    });
  }
}
