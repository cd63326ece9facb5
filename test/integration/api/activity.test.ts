import { afterAll, beforeAll, expect, test } from "vitest";
import { insertAuditEntry } from "@/lib/store/audit";
import { changesChannel } from "@/lib/store/changes";
import { ApiInProcess } from "./api-in-process";
import { insertHousehold } from "./household-rows";

let api: ApiInProcess;
let rows: Awaited<ReturnType<typeof insertHousehold>>;

beforeAll(async () => {
  api = await ApiInProcess.open();
  rows = await insertHousehold(api.db);
});
afterAll(() => api?.close());

const deeds = async (query = "") => (await api.call("GET", `/api/v1/activity${query}`)).body.rows;

test("a change is on record with how it was before, and open pages hear of it", async () => {
  const heard: string[] = [];
  const listening = await api.raw.listen(changesChannel, (topic) => heard.push(topic));
  await api.call("PATCH", `/api/v1/users/${rows.anna}`, { json: { active: false } });
  await api.call("PATCH", "/api/v1/settings", {
    json: { PLEX_DEADLINE_HOURS: "12", SMTP_PASSWORD: "hunter2hunter2" },
  });
  const [settings, user] = await deeds();
  expect(user).toMatchObject({
    area: "users",
    subject: "Anna Lindqvist",
    before: { active: true },
    after: { active: false },
  });
  expect(settings).toMatchObject({
    area: "settings",
    before: { PLEX_DEADLINE_HOURS: "24" },
    after: { PLEX_DEADLINE_HOURS: "12", SMTP_PASSWORD: "•••" },
  });
  expect(JSON.stringify(await deeds())).not.toContain("hunter2");
  await expect.poll(() => heard.filter((topic) => topic === "activity").length).toBe(2);
  await listening.unlisten();
});

test("it is found by person, area and text, and read on page by page", async () => {
  const deed = (actor: string, action: string, after: unknown = null) =>
    insertAuditEntry(
      api.db,
      { actor, address: "192.0.2.7", area: "mails", action, after },
      new Date("2026-11-20T10:00:00Z"),
    );
  for (let number = 1; number <= 5; number++) await deed("mira", `Sent ${number}`);
  await deed("100% ben_", "Cancelled", { note: "Slack Water" });

  expect(await deeds("?actor=mira")).toHaveLength(5);
  expect((await deeds("?area=mails&actor=100%25%20ben_"))[0].action).toBe("Cancelled");
  expect(await deeds("?q=slack%20water")).toHaveLength(1);
  expect(await deeds("?q=192.0.2.7")).toHaveLength(6);
  expect(await deeds("?q=%25")).toHaveLength(0);

  const seen: number[] = [];
  let after = "";
  do {
    const { body } = await api.call("GET", `/api/v1/activity?limit=2&area=mails${after}`);
    seen.push(...body.rows.map((row: { id: number }) => row.id));
    after = body.next ? `&after=${body.next}` : "";
  } while (after !== "");
  expect(seen).toHaveLength(6);
  expect([...seen].sort((a, b) => b - a)).toEqual(seen);
  expect((await api.call("GET", "/api/v1/activity?area=nowhere")).status).toBe(400);
});
