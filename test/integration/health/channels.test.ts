import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AdminNews } from "@/lib/domain/admin-news";
import { sendTestAlert } from "@/lib/services/alerts/send-test-alert";
import { tellAdmin } from "@/lib/services/alerts/tell-admin";
import { FakeAlertServices, type ReceivedAlert } from "@/test/support/upstreams/alert-services";
import { closeStage, openStage, type Stage, subjectsTo } from "../scenarios/stage";

let stage: Stage;
const services = new FakeAlertServices();
const admin = "admin@example.org";
const everyChannel = ["webhook", "discord", "slack", "ntfy", "pushover"] as const;

beforeAll(async () => {
  await services.start();
  stage = await openStage({
    household: {
      firstSync: false,
      env: { ADMIN_EMAIL: admin, PUBLIC_BASE_URL: "https://cinema.example.org/" },
    },
  });
});
beforeEach(() => {
  stage.household.configure({
    ...Object.fromEntries(Object.keys(services.env()).map((name) => [name, ""])),
    ...services.env(),
    ...Object.fromEntries(eventLists.map((name) => [name, ""])),
  });
});
afterEach(async () => {
  await services.up();
  services.recover();
  await stage.household.ctx.database.raw`delete from alert_deliveries`;
  services.received.length = 0;
  stage.stack.mailbox.clear();
});
afterAll(async () => {
  await closeStage(stage);
  await services.stop();
});

const eventLists = [
  "ALERT_EMAIL_EVENTS",
  "ALERT_WEBHOOK_EVENTS",
  "DISCORD_EVENTS",
  "SLACK_EVENTS",
  "NTFY_EVENTS",
  "PUSHOVER_EVENTS",
];

const news: AdminNews = {
  event: "service_down",
  subject: "Sonarr is down",
  headline: "Sonarr does not work",
  lines: ["Nothing answers at sonarr:8989.", "<!channel> @everyone *bold* & more"],
  rows: [{ label: "Address", value: "http://sonarr:8989" }],
  action: { path: "/system", label: "Open health" },
};

async function tell(changes: Partial<AdminNews> = {}): Promise<void> {
  const { ctx } = stage.household;
  const config = await ctx.loadConfig();
  await ctx.database.db.transaction((tx) =>
    tellAdmin(tx, config, { ...news, ...changes }, { title: "Sonarr" }, ctx.now()),
  );
  await stage.household.settle();
}

function only(channel: ReceivedAlert["channel"]): ReceivedAlert {
  const [first, ...more] = services.to(channel);
  expect(more).toEqual([]);
  if (!first) throw new Error(`Nothing came to ${channel}`);
  return first;
}

const deliveries = () =>
  stage.household.ctx.database.raw<
    { channel: string; status: string; attempts: number; reply: string | null }[]
  >`select channel, status, attempts, reply from alert_deliveries order by channel`;

describe("what each channel is sent", () => {
  test("mail, webhook, Discord, Slack, ntfy and Pushover, each in its own form", async () => {
    await tell();
    const at = stage.household.now;
    const link = "https://cinema.example.org/system";

    expect(subjectsTo(stage, admin)).toEqual(["Sonarr is down"]);
    const [mail] = stage.stack.mailbox.to(admin);
    expect(mail?.text).toContain("Sonarr does not work");
    expect(mail?.text).toContain(`Open health:\n${link}`);

    const webhook = only("webhook");
    expect(webhook.headers.authorization).toBe("Bearer hook-secret");
    expect(webhook.body).toEqual({
      id: expect.any(Number),
      event: "service_down",
      server: "BingeAlert",
      subject: news.subject,
      headline: news.headline,
      lines: news.lines,
      rows: news.rows,
      url: link,
      at: at.toISOString(),
    });

    const discord = only("discord");
    expect(discord.query).toBe("wait=true");
    expect(discord.body).toEqual({
      username: "BingeAlert",
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: "Sonarr is down",
          url: link,
          description: `Nothing answers at sonarr\\:8989.\n\\<!channel\\> \\@everyone \\*bold\\* & more\n\n[Open health](${link})`,
          color: 0xed4245,
          fields: [{ name: "Address", value: "http\\://sonarr\\:8989", inline: false }],
          footer: { text: "BingeAlert" },
          timestamp: at.toISOString(),
        },
      ],
    });

    const plain = (text: string) => ({ type: "plain_text", text, emoji: false });
    expect(only("slack").body).toEqual({
      text: "Sonarr is down",
      mrkdwn: false,
      unfurl_links: false,
      blocks: [
        { type: "header", text: plain("Sonarr is down") },
        {
          type: "section",
          text: plain(
            "Nothing answers at sonarr:8989.\n&lt;!channel&gt; @everyone *bold* &amp; more",
          ),
        },
        { type: "section", text: plain("Address: http://sonarr:8989") },
        { type: "section", text: { type: "mrkdwn", text: `<${link}|Open health>` } },
        { type: "context", elements: [plain("BingeAlert")] },
      ],
    });

    const ntfy = only("ntfy");
    expect(ntfy.headers.authorization).toBe("Bearer tk_secret");
    expect(ntfy.body).toEqual({
      topic: "attic-alerts",
      title: "Sonarr is down",
      message: [...news.lines, "Address: http://sonarr:8989"].join("\n"),
      priority: 4,
      tags: ["rotating_light"],
      click: link,
      actions: [{ action: "view", label: "Open health", url: link }],
    });

    expect(only("pushover").body).toEqual({
      token: "app-token",
      user: "user-key",
      title: "Sonarr is down",
      message: [...news.lines, "Address: http://sonarr:8989"].join("\n"),
      priority: 1,
      timestamp: Math.floor(at.getTime() / 1000),
      url: link,
      url_title: "Open health",
    });
    expect((await deliveries()).map(({ status }) => status)).toEqual(Array(5).fill("sent"));
    expect(services.unexpected).toEqual([]);
  });

  test("a long text keeps to every limit, in the escaped form too", async () => {
    const long = "<*_&🎬> ".repeat(2000);
    await tell({
      subject: long,
      lines: [long, long],
      rows: Array.from({ length: 60 }, () => ({ label: long, value: long })),
    });
    const [embed] = only("discord").body.embeds;
    expect(embed.title.length).toBeLessThanOrEqual(256);
    expect(embed.fields.length).toBeLessThanOrEqual(25);
    const texts = [
      embed.title,
      embed.description,
      embed.footer.text,
      ...embed.fields.flatMap((field: { name: string; value: string }) => [
        field.name,
        field.value,
      ]),
    ];
    expect(texts.join("").length).toBeLessThanOrEqual(6000);
    // No escape is cut in half.
    for (const text of texts) expect(text).not.toMatch(/(?<!\\)(\\\\)*\\$/);
    const [header, ...sections] = only("slack").body.blocks;
    expect(header.text.text.length).toBeLessThanOrEqual(150);
    for (const section of sections.filter((block: { text?: unknown }) => block.text)) {
      expect(section.text.text.length).toBeLessThanOrEqual(3000);
      expect(section.text.text).not.toMatch(/&[a-z]*$/);
    }
    expect(Buffer.byteLength(only("ntfy").body.message)).toBeLessThanOrEqual(4096);
    expect(only("pushover").body.title.length).toBeLessThanOrEqual(250);
    expect(only("pushover").body.message.length).toBeLessThanOrEqual(1024);
  });

  test("without a public address there is no link", async () => {
    stage.household.configure({ PUBLIC_BASE_URL: "" });
    await tell();
    stage.household.configure({ PUBLIC_BASE_URL: "https://cinema.example.org/" });
    expect(only("webhook").body.url).toBeNull();
    expect(only("discord").body.embeds[0]).not.toHaveProperty("url");
    expect(only("ntfy").body).not.toHaveProperty("click");
    expect(only("pushover").body).not.toHaveProperty("url");
  });
});

describe("which channels an event goes to", () => {
  test("those whose list names it; an empty list names all, none names nothing", async () => {
    stage.household.configure({
      ALERT_EMAIL_EVENTS: "none",
      DISCORD_EVENTS: "disk_low, service_down",
      SLACK_EVENTS: "disk_low",
      PUSHOVER_EVENTS: "none",
    });
    await tell();
    expect(services.received.map(({ channel }) => channel).sort()).toEqual([
      "discord",
      "ntfy",
      "webhook",
    ]);
    expect(subjectsTo(stage, admin)).toEqual([]);
  });

  test("not to one that is not set up", async () => {
    stage.household.configure({ DISCORD_WEBHOOK_URL: "", PUSHOVER_USER: "" });
    await tell();
    expect(services.to("discord")).toEqual([]);
    expect(services.to("pushover")).toEqual([]);
    await expect(sendTestAlert(stage.household.ctx, "discord")).rejects.toThrow(/not set up/);
    await expect(sendTestAlert(stage.household.ctx, "pushover")).rejects.toThrow("PUSHOVER_USER");
  });

  test("a rolled back reason leaves no alert", async () => {
    const { ctx } = stage.household;
    const config = await ctx.loadConfig();
    await ctx.database.db
      .transaction(async (tx) => {
        await tellAdmin(tx, config, news, { title: "Sonarr" }, ctx.now());
        throw new Error("undone");
      })
      .catch(() => undefined);
    await stage.household.settle();
    expect(services.received).toEqual([]);
    expect(await deliveries()).toEqual([]);
  });
});

describe("a channel in trouble", () => {
  test.each(everyChannel)(
    "%s: busy and broken are tried again until it takes it",
    async (channel) => {
      services.fail({ kind: "status", status: 503, times: 5 });
      services.fail({ kind: "status", status: 429, retryAfter: "300", times: 5 });
      await tell();
      expect(services.received).toEqual([]);
      expect(await deliveries()).toEqual(
        [...everyChannel]
          .sort()
          .map((name) =>
            expect.objectContaining({ channel: name, status: "waiting", attempts: 1 }),
          ),
      );
      // All five were asked to wait five minutes, longer than the first pause of ours.
      await stage.household.advance({ minutes: 4 });
      expect(services.count(/./, "POST")).toBeGreaterThan(0);
      expect((await deliveries()).every(({ attempts }) => attempts === 1)).toBe(true);
      await stage.household.advance({ minutes: 10 });
      expect(services.to(channel)).toHaveLength(1);
      const after = (await deliveries()).find((row) => row.channel === channel);
      expect(after).toMatchObject({ status: "sent", attempts: 3 });
    },
  );

  test("Discord says in its answer how long to wait", async () => {
    services.fail({
      kind: "status",
      status: 429,
      body: { message: "You are being rate limited.", retry_after: 600.5, global: false },
      path: "/api/webhooks",
      times: 1,
    });
    await tell();
    await stage.household.advance({ minutes: 9 });
    expect(services.to("discord")).toEqual([]);
    await stage.household.advance({ minutes: 2 });
    expect(services.to("discord")).toHaveLength(1);
  });

  test("what is refused is not tried again, and says why", async () => {
    services.fail({
      kind: "status",
      status: 404,
      body: { message: "Unknown Webhook", code: 10015 },
    });
    services.fail({
      kind: "status",
      status: 400,
      path: "/1/messages.json",
      body: { status: 0, errors: ["application token is invalid"] },
    });
    services.fail({ kind: "status", status: 403, path: /^\/$/ });
    await tell();
    const asked = services.count(/./, "POST");
    await stage.household.advance({ hours: 12 });
    expect(services.count(/./, "POST")).toBe(asked);
    const rows = await deliveries();
    expect(rows.map(({ status, attempts }) => ({ status, attempts }))).toEqual(
      Array(5).fill({ status: "failed", attempts: 1 }),
    );
    const reply = Object.fromEntries(rows.map((row) => [row.channel, row.reply]));
    expect(reply.discord).toBe("Discord does not know this webhook. Make a new one there");
    expect(reply.pushover).toBe("Pushover said no: application token is invalid");
    expect(reply.ntfy).toContain("NTFY_TOKEN");
  });

  test("nobody at home, a hang-up: tried for hours, then given up for good", async () => {
    await services.down();
    await tell();
    await stage.household.advance({ hours: 12 });
    const rows = await deliveries();
    expect(rows.map(({ status, attempts }) => ({ status, attempts }))).toEqual(
      Array(5).fill({ status: "failed", attempts: 8 }),
    );
    for (const { reply } of rows) {
      expect(reply).toMatch(/^Nothing answers at 127\.0\.0\.1/);
      // Addresses of webhooks are keys.
      expect(reply).not.toMatch(/token|secret/);
    }
  });

  test("a new process goes on with what waits and repeats nothing that arrived", async () => {
    services.fail({ kind: "status", status: 500, path: "/services", times: 1 });
    await tell();
    await stage.household.restart();
    await stage.household.advance({ minutes: 2 });
    expect(services.received.map(({ channel }) => channel).sort()).toEqual(
      [...everyChannel].sort(),
    );
  });
});

test.each(everyChannel)("a test message goes to %s and nowhere else", async (channel) => {
  // Also when its list names nothing.
  stage.household.configure(Object.fromEntries(eventLists.map((name) => [name, "none"])));
  const sent = await sendTestAlert(stage.household.ctx, channel);
  await stage.household.settle();
  expect(sent.kind).toBe("alert");
  expect(services.received.map((alert) => alert.channel)).toEqual([channel]);
  expect(JSON.stringify(only(channel).body)).toContain("Test from BingeAlert");
});

test("a test of the mail is a test mail to the admin", async () => {
  expect((await sendTestAlert(stage.household.ctx, "email")).kind).toBe("mail");
  await stage.household.settle();
  expect(subjectsTo(stage, admin)).toEqual(["Test mail from BingeAlert"]);
});
