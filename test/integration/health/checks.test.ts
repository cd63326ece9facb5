import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FakeAlertServices } from "@/test/support/upstreams/alert-services";
import type { FakeServer } from "@/test/support/upstreams/fake-server";
import { closeStage, openStage, type Stage, subjectsTo } from "../scenarios/stage";

let stage: Stage;
const alerts = new FakeAlertServices();
const admin = "admin@example.org";

beforeAll(async () => {
  await alerts.start();
  stage = await openStage({
    household: {
      env: { ADMIN_EMAIL: admin, HEALTH_TIMEOUT_SECONDS: "1", HEALTH_SLOW_SECONDS: "1" },
    },
  });
});
beforeEach(async () => {
  const { raw } = stage.household.ctx.database;
  await raw`truncate service_health, health_events, alert_deliveries`;
  stage.household.configure({ ALERT_WEBHOOK_URL: `${alerts.url}/hooks/bingealert` });
  stage.stack.mailbox.clear();
  alerts.received.length = 0;
});
afterEach(async () => {
  for (const service of stage.stack.services) {
    service.recover();
    await service.up();
  }
  stage.stack.mailbox.recover();
  await stage.stack.mailbox.up();
  await stage.household.ctx.database.raw`
    update notifications set status = 'cancelled' where status in ('scheduled', 'retrying')`;
});
afterAll(async () => {
  await closeStage(stage);
  await alerts.stop();
});

type HealthRow = {
  key: string;
  state: string;
  failures: number;
  words: string;
  remedy: string | null;
  latency_ms: number | null;
};

async function check(times = 1): Promise<Record<string, HealthRow>> {
  for (let time = 0; time < times; time += 1) {
    if (time > 0) await stage.household.advance({ minutes: 15 });
    await stage.household.run("check-health");
  }
  const rows = await stage.household.ctx.database.raw<HealthRow[]>`select * from service_health`;
  return Object.fromEntries(rows.map((row) => [row.key, row]));
}

/** What was told since the last look: subjects by mail, and by the webhook. */
function told(): { mail: string[]; webhook: string[] } {
  const mail = subjectsTo(stage, admin);
  const webhook = alerts.to("webhook").map(({ body }) => body.subject as string);
  stage.stack.mailbox.clear();
  alerts.received.length = 0;
  return { mail, webhook };
}

const both = (...subjects: string[]) => ({ mail: subjects, webhook: subjects });

test("everything that is connected is asked, and nothing is changed", async () => {
  const words = await stage.household.run("check-health");
  const found = await check();
  expect(words).toBe("Everything works");
  expect(Object.keys(found).sort()).toEqual([
    "disk",
    "plex",
    "queue",
    "radarr",
    "radarr-4k",
    "seerr",
    "smtp",
    "sonarr",
    "sonarr-anime",
    "webhooks:radarr",
    "webhooks:radarr-4k",
    "webhooks:sonarr",
    "webhooks:sonarr-anime",
    "workers",
  ]);
  expect(new Set(Object.values(found).map((row) => row.state))).toEqual(new Set(["ok"]));
  expect(found.plex?.words).toMatch(/^Up, version .*token valid$/);
  expect(found.sonarr?.latency_ms).toBeGreaterThanOrEqual(0);
  expect(found.disk?.words).toMatch(/ of .* free$/);
  expect(stage.stack.mailbox.messages).toEqual([]);
  expect(stage.stack.unexpected).toEqual([]);
  expect(told()).toEqual(both());
});

describe("what is wrong, in words that say what to do", () => {
  const at = (key: string): FakeServer => {
    const { stack } = stage;
    const found = {
      seerr: stack.seerr,
      sonarr: stack.sonarr,
      radarr: stack.radarr,
      plex: stack.plex,
    };
    return found[key as keyof typeof found];
  };

  test.each([
    ["seerr", "JELLYSEERR_API_KEY", "Seerr is there, but it refused the key", "API key"],
    ["sonarr", "SONARR_API_KEY", "Sonarr is there, but it refused the key", "API key"],
    ["radarr", "RADARR_API_KEY", "Radarr is there, but it refused the key", "API key"],
    ["plex", "PLEX_TOKEN", "Plex is there, but it refused the key", "PLEX_TOKEN"],
  ])("%s with a wrong key", async (key, name, words, remedy) => {
    const right = stage.stack.env()[name] ?? "";
    stage.household.configure({ [name]: "wrong" });
    const found = await check();
    stage.household.configure({ [name]: right });
    expect(found[key]).toMatchObject({ state: "degraded", failures: 1 });
    expect(found[key]?.words).toContain(words);
    expect(found[key]?.remedy).toContain(remedy);
  });

  test.each(["seerr", "sonarr", "radarr", "plex"])(
    "%s: down, timeout, HTML, an error, slow",
    async (key) => {
      const service = at(key);
      await service.down();
      expect((await check())[key]?.words).toMatch(/^Nothing answers at 127\.0\.0\.1:\d+/);
      await service.up();

      const hanging = service.fail({ kind: "timeout" });
      expect((await check())[key]?.words).toMatch(/gave no answer within 1 s$/);
      hanging.clear();

      const page = service.fail({ kind: "html" });
      const html = (await check())[key];
      expect(html?.words).toContain("a web page instead of data");
      expect(html?.remedy).toContain("URL base");
      page.clear();

      service.fail({ kind: "status", status: 500 });
      expect((await check())[key]).toMatchObject({ state: "down", failures: 4 });
      service.recover();

      service.delay(key === "sonarr" || key === "radarr" ? 600 : 550);
      stage.household.configure({ HEALTH_TIMEOUT_SECONDS: "10" });
      const delayed = key === "sonarr" || key === "radarr" ? 1100 : 550;
      service.delay(delayed);
      const slow = (await check())[key];
      stage.household.configure({ HEALTH_TIMEOUT_SECONDS: "1" });
      expect(slow).toMatchObject({ state: "degraded", failures: 0 });
      expect(slow?.words).toMatch(/^Slow: the answer took 1\.\d s$/);
    },
  );

  test("the mail server: down, a wrong login, the wrong kind of security", async () => {
    const { stack, household } = stage;
    await stack.mailbox.down();
    expect((await check()).smtp?.words).toMatch(/^Nothing answers at 127\.0\.0\.1:\d+$/);
    await stack.mailbox.up();

    await stack.mailbox.requireLogin({ user: "cinema", password: "right" });
    household.configure({ SMTP_USER: "cinema", SMTP_PASSWORD: "wrong" });
    const refused = (await check()).smtp;
    expect(refused?.words).toContain("refused the login");
    expect(refused?.remedy).toContain("SMTP_PASSWORD");
    household.configure({ SMTP_PASSWORD: "right" });
    expect((await check()).smtp).toMatchObject({ state: "ok", words: "Up, login works" });
    household.configure({ SMTP_USER: "", SMTP_PASSWORD: "" });
    await stack.mailbox.requireLogin(null);

    const security = stack.env().SMTP_SECURITY ?? "none";
    household.configure({ SMTP_SECURITY: "ssl" });
    expect((await check()).smtp?.state).not.toBe("ok");
    household.configure({ SMTP_SECURITY: security });
  });
});

describe("when the admin hears of it", () => {
  test("at the threshold, once, and when it is over", async () => {
    const { stack } = stage;
    await stack.sonarr.down();
    expect((await check()).sonarr).toMatchObject({ state: "degraded", failures: 1 });
    expect(told()).toEqual(both());
    await stage.household.advance({ minutes: 15 });
    expect((await check()).sonarr).toMatchObject({ state: "down", failures: 2 });
    expect(told()).toEqual(both("Sonarr is down"));
    await stage.household.advance({ minutes: 15 });
    await check(3);
    expect(told()).toEqual(both());
    await stage.household.restart();
    await stage.household.advance({ minutes: 15 });
    await check();
    expect(told()).toEqual(both());

    await stack.sonarr.up();
    await stage.household.advance({ minutes: 15 });
    expect((await check()).sonarr).toMatchObject({ state: "ok", failures: 0 });
    expect(told()).toEqual(both("Sonarr is back"));
    await stage.household.advance({ minutes: 15 });
    await check();
    expect(told()).toEqual(both());
  });

  test("a single failure is never told, nor is its end", async () => {
    await stage.stack.plex.down();
    await check();
    await stage.stack.plex.up();
    await stage.household.advance({ minutes: 15 });
    await check();
    expect(told()).toEqual(both());
  });

  test("what stays down is told again after the pause, what flaps is not", async () => {
    const { stack, household } = stage;
    household.configure({ ALERT_COOLDOWN_MINUTES: "60" });
    await stack.radarr.down();
    await check(4);
    expect(told()).toEqual(both("Radarr is down"));
    await stack.radarr.up();
    await household.advance({ minutes: 15 });
    await check();
    expect(told()).toEqual(both("Radarr is back"));
    await stack.radarr.down();
    await household.advance({ minutes: 5 });
    await check(1);
    await household.advance({ minutes: 1 });
    await check(1);
    // Down again, but within the hour.
    expect(told()).toEqual(both());
    await household.advance({ minutes: 15 });
    await check();
    expect(told()).toEqual(both("Radarr is down"));
    await household.advance({ minutes: 60 });
    await check();
    expect(told()).toEqual(both("Radarr is still down"));
    household.configure({ ALERT_COOLDOWN_MINUTES: "240" });
  });

  test("several at once are told each", async () => {
    for (const service of stage.stack.services) await service.down();
    const words = await check(2).then(() => stage.household.run("check-health"));
    expect(told().webhook.sort()).toEqual([
      "Plex is down",
      "Radarr 4K is down",
      "Radarr is down",
      "Seerr is down",
      "Sonarr Anime is down",
      "Sonarr is down",
    ]);
    expect(words).toContain("do not work");
  });

  test("trouble with mail goes to the other channels, never by mail", async () => {
    const { stack, household } = stage;
    await stack.mailbox.down();
    await check(2);
    await stack.mailbox.up();
    await household.advance({ minutes: 15 });
    await check();
    await household.advance({ hours: 24 });
    expect(told()).toEqual({ mail: [], webhook: ["Mail server is down", "Mail server is back"] });
  });

  test("trouble with mail and no other channel: it stands on record, and nothing is queued", async () => {
    const { stack, household } = stage;
    household.configure({ ALERT_WEBHOOK_URL: "" });
    await stack.mailbox.down();
    expect((await check(2)).smtp).toMatchObject({ state: "down" });
    const rows = await household.ctx.database.raw`
      select 1 from notifications where kind = 'service_down' and status = 'scheduled'`;
    expect(rows).toHaveLength(0);
  });

  test("during maintenance nobody is told; what is still down afterwards is told then", async () => {
    const { stack, household } = stage;
    const { raw } = household.ctx.database;
    const from = household.now.toISOString();
    await raw`
      insert into maintenance_windows
        (title, starts_at, ends_at, zone, status, announced_at, created_by)
      values ('New disks', ${from}::timestamptz, ${from}::timestamptz + interval '1 hour',
              'Europe/Berlin', 'active', ${from}::timestamptz, 'admin')`;
    await stack.sonarr.down();
    expect((await check(3)).sonarr).toMatchObject({ state: "down" });
    expect(told()).toEqual(both());
    await household.advance({ minutes: 40 });
    await check();
    expect(told()).toEqual(both("Sonarr is down"));
    await raw`delete from maintenance_windows`;
  });
});

describe("the history", () => {
  test("keeps each check as long as the settings say, and forgets what is not connected", async () => {
    const { household } = stage;
    const { raw } = household.ctx.database;
    const old = new Date(household.now.getTime() - 15 * 24 * 3600_000).toISOString();
    const kept = new Date(household.now.getTime() - 13 * 24 * 3600_000).toISOString();
    await raw`
      insert into health_events (key, at, state, words)
      select 'plex', ${old}::timestamptz, 'ok', 'Up' from generate_series(1, 2500)`;
    await raw`
      insert into health_events (key, at, state, words)
      values ('plex', ${kept}::timestamptz, 'ok', 'Up'), ('sonarr-gone', ${kept}::timestamptz, 'ok', 'Up')`;
    const ancient = new Date(household.now.getTime() - 91 * 24 * 3600_000).toISOString();
    await raw`
      insert into alert_deliveries (channel, event, news, status, due_at, created_at)
      values ('ntfy', 'test', '{}', 'sent', ${ancient}::timestamptz, ${ancient}::timestamptz),
             ('ntfy', 'test', '{}', 'sent', ${kept}::timestamptz, ${kept}::timestamptz)`;
    await check();
    expect(await raw`select 1 from alert_deliveries`).toHaveLength(1);
    const rows = await raw<{ key: string; count: number }[]>`
      select key, count(*)::int from health_events where key in ('plex', 'sonarr-gone') group by key`;
    expect(rows).toEqual([{ key: "plex", count: 2 }]);

    household.configure({ PLEX_URL: "" });
    expect(await check()).not.toHaveProperty("plex");
    household.configure({ PLEX_URL: stage.stack.plex.url });
  });
});

describe("our own work", () => {
  test("a queue that does not drain", async () => {
    const { raw } = stage.household.ctx.database;
    await raw`
      select graphile_worker.add_job('deliver_alert', '{"deliveryId": 1}'::json,
        run_at => now() - interval '20 minutes')`;
    const { checkHealth } = await import("@/lib/services/health/check-health");
    await checkHealth(stage.household.ctx, async () => {});
    const [queue] = await raw<HealthRow[]>`select * from service_health where key = 'queue'`;
    expect(queue).toMatchObject({ state: "down" });
    expect(queue?.words).toMatch(/wait.*the oldest 20 minutes$/);
    await stage.household.settle();
    expect(told()).toEqual(both("Jobs and mails do not move"));
    await stage.household.advance({ minutes: 15 });
    await check();
    expect(told()).toEqual(both("Jobs run again"));
  });

  test("a disk that is nearly full", async () => {
    stage.household.configure({ DISK_FREE_MB: "1000000" });
    const found = await check(2);
    stage.household.configure({ DISK_FREE_MB: "500" });
    expect(found.disk).toMatchObject({ state: "down" });
    expect(told()).toEqual(both("The disk of the config folder is nearly full"));
  });

  test("a worker that hangs", async () => {
    const { raw } = stage.household.ctx.database;
    await raw`
      insert into worker_heartbeats (worker_id, lock_key, started_at, beat_at, version)
      values ('worker-hangs', 7, now(), now() - interval '5 minutes', '0')`;
    const found = await check();
    await raw`delete from worker_heartbeats`;
    expect(found.workers?.words).toBe("1 worker gave no sign of life for 5 minutes");
    expect(told()).toEqual(both("A worker is silent"));
  });
});

test("imports that no webhook announced", async () => {
  await closeStage(stage);
  let now = () => new Date();
  stage = await openStage({
    stack: { now: () => now() },
    household: { env: { ADMIN_EMAIL: admin, WEBHOOK_SILENCE_HOURS: "6" } },
  });
  const { stack, household } = stage;
  now = () => household.now;
  const show = stack.world.addShow({ title: "Quiet Harbour", seasons: { 1: 4 } });
  const user = stack.seerr.addUser({ displayName: "Hana", email: "hana@example.net" });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.advance({ minutes: 1 });
  // Plex shows each at once: hours of asking for it are not what this is about.
  const arrive = async (episode: number) =>
    stack.plex.show(await stack.sonarr.import(show, 1, episode, { mode: "file" }));
  await arrive(1);
  await household.advance({ hours: 7 });
  expect((await check())["webhooks:sonarr"]).toMatchObject({ state: "ok" });

  const { target } = stack.sonarr.webhooks;
  stack.sonarr.webhooks.target = null;
  await arrive(2);
  await household.advance({ hours: 5 });
  expect((await check())["webhooks:sonarr"]).toMatchObject({ state: "ok" });
  expect(told().mail.filter((subject) => subject.includes("webhooks"))).toEqual([]);
  await household.advance({ hours: 2 });
  const silent = (await check())["webhooks:sonarr"];
  expect(silent).toMatchObject({ state: "down" });
  expect(silent?.words).toBe("1 import was announced by no webhook, the first 7 hours ago");
  expect(told().mail).toContain("Sonarr sends no webhooks for its imports");

  stack.sonarr.webhooks.target = target;
  await arrive(3);
  await household.advance({ minutes: 30 });
  expect((await check())["webhooks:sonarr"]).toMatchObject({ state: "ok" });
  expect(told().mail).toContain("Webhooks of Sonarr arrive again");
}, 240_000);
