import { afterEach, beforeEach, expect, test } from "vitest";
import {
  completeSetup,
  holdsSetupPass,
  isSetupOpen,
  makeSetupToken,
  redeemSetupToken,
  settleSetup,
} from "@/lib/services/setup/setup-state";
import { type OpenDatabase, openDatabase } from "@/lib/store/db";
import { reachMilestone } from "@/lib/store/milestones";
import { createTestDatabase, type TestDatabase } from "@/test/support/postgres";

let database: TestDatabase;
let open: OpenDatabase;
const now = new Date("2026-11-22T12:00:00Z");
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const whole = {
  JELLYSEERR_URL: "http://seerr:5055",
  JELLYSEERR_API_KEY: "k",
  SONARR_URL: "http://sonarr:8989",
  SONARR_API_KEY: "k",
  SMTP_HOST: "mail",
  SMTP_FROM: "a@example.net",
};
const nothing = { environment: {}, file: {} };

beforeEach(async () => {
  database = await createTestDatabase();
  open = openDatabase(database.url, { max: 4, name: "set-up" });
});
afterEach(async () => {
  await open.close();
  await database.drop();
});

const ctx = (at = now) => ({ database: open, now: () => at });

test("a new installation is open, and complete for ever after its end", async () => {
  expect(await isSetupOpen(open.db)).toBe(false);
  expect(await settleSetup(open.db, nothing, now)).toBe("open");
  expect(await isSetupOpen(open.db)).toBe(true);
  await completeSetup(ctx());
  expect(await isSetupOpen(open.db)).toBe(false);
  for (const table of ["settings", "users", "instances"]) {
    await open.raw.unsafe(`delete from ${table}`);
  }
  expect(await settleSetup(open.db, nothing, now)).toBe("complete");
});

test.each([
  ["the environment", { environment: whole, file: {} }],
  ["the file", { environment: {}, file: whole }],
  ["both together", { environment: { SMTP_HOST: "mail" }, file: { ...whole, SMTP_HOST: "" } }],
])("what %s names completes it, also when it is gone later", async (_name, given) => {
  expect(await settleSetup(open.db, given, now)).toBe("complete");
  expect(await settleSetup(open.db, nothing, now)).toBe("complete");
});

test("a stranger's webhooks before set-up do not complete it, nor does what the wizard itself writes", async () => {
  await settleSetup(open.db, nothing, now);
  await open.raw`insert into users (seerr_user_id, display_name) values (1, 'Somebody')`;
  expect(await settleSetup(open.db, nothing, now)).toBe("open");
  await reachMilestone(open.db, "setup_begun", now);
  expect(await settleSetup(open.db, { environment: {}, file: whole }, now)).toBe("open");
  expect(await settleSetup(open.db, { environment: whole, file: {} }, now)).toBe("complete");
});

test.each([
  "insert into users (seerr_user_id, display_name) values (1, 'Anna')",
  "insert into settings (name, value, updated_at) values ('MAIL_SERVER_NAME', 'Ours', now())",
])("an installation of before there was a wizard is complete: %s", async (statement) => {
  await open.raw.unsafe(statement);
  expect(await settleSetup(open.db, nothing, now)).toBe("complete");
});

test("a token lets one browser in, within its week, and none once set-up is over", async () => {
  await settleSetup(open.db, nothing, now);
  const token = await makeSetupToken(open.db, now);
  expect(token).toMatch(/^([A-HJ-NP-Z2-9]{5}-){3}[A-HJ-NP-Z2-9]{5}$/);
  expect(await redeemSetupToken(ctx(), "AAAAA-AAAAA-AAAAA-AAAAA")).toBeNull();
  const [one, two] = await Promise.all([
    redeemSetupToken(ctx(), token),
    redeemSetupToken(ctx(), token),
  ]);
  const pass = one ?? two;
  expect([one, two].filter(Boolean)).toHaveLength(1);
  expect(await holdsSetupPass(open.db, pass?.pass ?? "", later(6))).toBe(true);
  expect(await holdsSetupPass(open.db, pass?.pass ?? "", later(8))).toBe(false);
  expect(await holdsSetupPass(open.db, token.replaceAll("-", ""), now)).toBe(false);

  const old = await makeSetupToken(open.db, now);
  expect(await redeemSetupToken(ctx(later(8)), old)).toBeNull();
  const unused = await makeSetupToken(open.db, now);
  await completeSetup(ctx());
  expect(await redeemSetupToken(ctx(), unused)).toBeNull();
  expect(await holdsSetupPass(open.db, pass?.pass ?? "", now)).toBe(false);
});
