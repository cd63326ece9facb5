import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { saveServiceHealth } from "@/lib/store/health";
import { ApiInProcess } from "../api/api-in-process";
import { insertHousehold } from "../api/household-rows";

let api: ApiInProcess;
const connected = { SONARR_URL: "http://sonarr:8989", SONARR_API_KEY: "key" };

beforeAll(async () => {
  api = await ApiInProcess.open();
  Object.assign(process.env, connected);
  await insertHousehold(api.db);
  await saveServiceHealth(api.db, {
    key: "sonarr",
    name: "Sonarr",
    state: "down",
    failures: 2,
    since: new Date(),
    checkedAt: new Date(),
    latencyMs: null,
    words: "Nothing answers",
    remedy: null,
    toldAt: null,
    isTold: false,
  });
});
afterAll(async () => {
  for (const name of Object.keys(connected)) delete process.env[name];
  await api.close();
});

const metrics = async (headers: Record<string, string> = {}, query = "") => {
  const { GET } = await import("@/app/metrics/route");
  const response = await GET(new Request(`http://localhost:8000/metrics${query}`, { headers }));
  return { status: response.status, text: await response.text(), headers: response.headers };
};

test("GET /stats counts what the tables hold", async () => {
  const { body } = await api.call("GET", "/api/v1/stats");
  const [row] = await api.raw<{ total: number; sent: number; held: number; people: number }[]>`
    select (select count(*)::int from requests where state not in ('declined', 'deleted')) as total,
      (select count(*)::int from notifications where status = 'sent') as sent,
      (select count(*)::int from notifications where status = 'held') as held,
      (select count(*)::int from users where gone_from_seerr_at is null) as people`;
  expect(row?.total).toBeGreaterThan(0);
  expect(body.requests.total).toBe(row?.total);
  expect(body.requests.told + body.requests.waiting).toBe(row?.total);
  expect(body.mails).toMatchObject({ sent: row?.sent, held: row?.held });
  expect(body.people).toBe(row?.people);
  expect(body.worker).toBe("silent");
});

describe("GET /metrics", () => {
  beforeEach(() => vi.stubEnv("METRICS_TOKEN", "s3cret-token"));
  afterEach(() => vi.unstubAllEnvs());

  test("is not there without a token of its own", async () => {
    vi.stubEnv("METRICS_TOKEN", "");
    const { status, text } = await metrics({ Authorization: "Bearer s3cret-token" });
    expect(status).toBe(404);
    expect(text).not.toContain("bingealert_");
  });

  test("is refused without the token or with a wrong one", async () => {
    expect((await metrics()).status).toBe(401);
    expect((await metrics({ Authorization: "Bearer s3cret-tokem" })).status).toBe(401);
    expect((await metrics({}, "?token=")).status).toBe(401);
  });

  test("says in Prometheus' words what the tables hold", async () => {
    const { status, text, headers } = await metrics({ Authorization: "Bearer s3cret-token" });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const [row] = await api.raw<{ sent: number }[]>`
      select count(*)::int as sent from notifications where status = 'sent'`;
    expect(text).toContain(`\nbingealert_mails{status="sent"} ${row?.sent}\n`);
    expect(text).toContain('bingealert_requests{state="told"}');
    expect(text).toContain('bingealert_service_up{service="sonarr"} 0');
    for (const line of text.split("\n").filter((line) => line !== "")) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) bingealert_\w+ .+|bingealert_\w+(\{\w+="[^"]*"\})? -?[\d.e+-]+)$/,
      );
    }
  });
});
