import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveServiceHealth } from "@/lib/store/health";
import { ApiInProcess } from "../api/api-in-process";

let api: ApiInProcess;
const settings = {
  JELLYSEERR_URL: "http://seerr:5055",
  JELLYSEERR_API_KEY: "key",
  SONARR_URL: "http://user:pass@sonarr:8989/sonarr",
  SONARR_API_KEY: "key",
  DISCORD_WEBHOOK_URL: "https://discord.example/api/webhooks/1/token",
  DISCORD_EVENTS: "service_down",
  PUSHOVER_TOKEN: "half",
};

beforeAll(async () => {
  api = await ApiInProcess.open();
  Object.assign(process.env, settings);
});
afterAll(async () => {
  for (const name of Object.keys(settings)) delete process.env[name];
  await api.close();
});

describe("GET /services", () => {
  test("names what is connected with its last check, and what is not", async () => {
    const at = new Date("2026-11-22T20:15:00Z");
    const standing = {
      state: "down",
      failures: 3,
      since: at,
      checkedAt: at,
      latencyMs: null,
      words: "Nothing answers at sonarr:8989",
      remedy: "Look whether it runs",
      toldAt: at,
      isTold: true,
    } as const;
    await saveServiceHealth(api.db, { key: "sonarr", name: "Sonarr", ...standing });
    await saveServiceHealth(api.db, { key: "queue", name: "Queue", ...standing, state: "ok" });
    const { status, body } = await api.call("GET", "/api/v1/services");
    expect(status).toBe(200);
    expect(body.services).toEqual([
      expect.objectContaining({ key: "seerr", state: "unknown", address: "http://seerr:5055" }),
      {
        key: "sonarr",
        kind: "sonarr",
        name: "Sonarr",
        state: "down",
        since: at.toISOString(),
        checkedAt: at.toISOString(),
        words: "Nothing answers at sonarr:8989",
        remedy: "Look whether it runs",
        // Without the password that is in it.
        address: "http://sonarr:8989/sonarr",
        latencyMs: null,
        failures: 3,
      },
      expect.objectContaining({ key: "plex", state: "unknown", address: null }),
      expect.objectContaining({ key: "smtp", state: "unknown", address: null }),
    ]);
    expect(body.watched).toEqual([expect.objectContaining({ key: "queue", state: "ok" })]);
  });
});

describe("alerts", () => {
  test("GET /alerts: channels and messages, without a key", async () => {
    const { body } = await api.call("GET", "/api/v1/alerts");
    const states = body.channels.map((one: { channel: string; state: string }) => [
      one.channel,
      one.state,
    ]);
    expect(Object.fromEntries(states)).toMatchObject({ discord: "ready", pushover: "incomplete" });
    expect(JSON.stringify(body)).not.toMatch(/token|half/);
  });

  test("POST /alerts/{channel}/test: queued, and among the messages", async () => {
    const sent = await api.call("POST", "/api/v1/alerts/discord/test", { json: {} });
    expect(sent.status).toBe(202);
    const { body } = await api.call("GET", "/api/v1/alerts");
    expect(body.deliveries).toEqual([
      expect.objectContaining({
        id: sent.body.deliveryId,
        channel: "discord",
        event: "test",
        status: "waiting",
      }),
    ]);
  });

  test("a channel that is not ready says what is missing, an unknown one is refused", async () => {
    const half = await api.call("POST", "/api/v1/alerts/pushover/test", { json: {} });
    expect(half.status).toBe(409);
    expect(half.body.error.message).toContain("PUSHOVER_USER");
    const off = await api.call("POST", "/api/v1/alerts/slack/test", { json: {} });
    expect(off.status).toBe(409);
    const unknown = await api.call("POST", "/api/v1/alerts/pigeon/test", { json: {} });
    expect(unknown.status).toBe(400);
  });
});

describe("jobs", () => {
  test("say how long their last run took; health can be started", async () => {
    await api.raw`
      insert into job_runs (name, trigger, started_at, finished_at, outcome, words)
      values ('check-health', 'schedule', now() - interval '10 seconds', now(), 'ok', 'Everything works')`;
    const { body } = await api.call("GET", "/api/v1/jobs");
    const job = body.jobs.find((one: { name: string }) => one.name === "check-health");
    expect(job.lastRun).toMatchObject({ durationMs: 10_000, outcome: "ok" });
    expect(job.nextRunAt).not.toBeNull();
    const run = await api.call("POST", "/api/v1/jobs/check-health/run", { json: {} });
    expect(run).toMatchObject({ status: 202, body: { standing: "queued" } });
  });

  test("a failing job of the queue is tried again or given up", async () => {
    const [added] = await api.raw<{ id: string }[]>`
      select id::text from graphile_worker.add_job('collect_request', '{"requestId": 1}'::json)`;
    const id = added?.id ?? "";
    await api.raw`
      update graphile_worker._private_jobs
      set attempts = 14, last_error = 'nothing answers', run_at = now() + interval '1 day' where id = ${id}`;
    expect((await api.call("GET", "/api/v1/jobs")).body.failing).toHaveLength(1);
    const retried = await api.call("POST", `/api/v1/jobs/failing/${id}/retry`, { json: {} });
    expect(retried.status).toBe(204);
    const [job] = await api.raw<{ attempts: number; due: boolean }[]>`
      select attempts, run_at <= now() as due from graphile_worker.jobs where id = ${id}`;
    expect(job).toEqual({ attempts: 0, due: true });
    const dropped = await api.call("POST", `/api/v1/jobs/failing/${id}/discard`, { json: {} });
    expect(dropped.status).toBe(204);
    expect((await api.call("GET", "/api/v1/jobs")).body.failing).toEqual([]);
    for (const verdict of ["retry", "discard"]) {
      const gone = await api.call("POST", `/api/v1/jobs/failing/${id}/${verdict}`, { json: {} });
      expect(gone.status).toBe(404);
    }
  });
});
