import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OpenDatabase, openDatabase } from "@/lib/store/db";
import { insertMaintenanceWindow } from "@/lib/store/maintenance";
import { insertHousehold } from "../../integration/api/household-rows";
import { insertSampleIssues } from "../../integration/issues/sample-issues";
import { dashboardActions } from "../../support/dashboard-actions";
import { builtActions, LoginClient } from "../../support/login-client";
import { Mailbox } from "../../support/mailbox";
import { createTestDatabase, type TestDatabase } from "../../support/postgres";
import { type RunningApp, startApp, temporaryConfigFolder } from "../../support/running-app";
import { type MediaStack, startMediaStack } from "../../support/upstreams/media-stack";
import { FakePlexTv } from "../../support/upstreams/plex-tv";

const actions = builtActions();
const config = temporaryConfigFolder();
const mailbox = new Mailbox();
const plexTv = new FakePlexTv();
const backup = "bingealert-20260101-000000-manual.backup";
const password = "a password of fair length";

let stack: MediaStack;
let database: TestDatabase;
let rows: OpenDatabase;
let sql: postgres.Sql;
let app: RunningApp;
let client: LoginClient;

/** An installation before its set-up, with services beside it and no worker: what is started stays in the queue. */
beforeAll(async () => {
  [stack, database] = await Promise.all([
    startMediaStack(),
    createTestDatabase(),
    mailbox.start(),
    plexTv.start(),
  ]);
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
  await sql`insert into worker_heartbeats (worker_id, lock_key, started_at, beat_at, version)
    values ('w', 1, now(), now() + interval '1 day', '1')`;
  app = await startApp({
    ...{ DATABASE_URL: database.url, CONFIG_DIR: config.folder, ROLE: "web" },
    ...{ JELLYSEERR_URL: stack.seerr.url, JELLYSEERR_API_KEY: stack.seerr.apiKey },
    ...{ SMTP_HOST: "127.0.0.1", SMTP_PORT: String(mailbox.port), SMTP_SECURITY: "none" },
    ...{ SMTP_FROM: "cinema@example.net", ADMIN_EMAIL: "admin@example.net" },
    PUBLIC_BASE_URL: "http://cinema.example.net",
    PLEX_TV_URL: plexTv.url,
  });
  client = new LoginClient(app.port);
  rows = openDatabase(database.url, { max: 1, name: "every action" });
});
afterAll(async () => {
  await app?.stop();
  await sql?.end({ timeout: 1 });
  await rows?.close();
  await Promise.all([stack?.stop(), mailbox.stop(), plexTv.stop()]);
  await database?.drop();
  config.remove();
});

type Entry = { actor: string; address: string | null; action: string; before: unknown };

async function entriesOf(work: () => Promise<void>): Promise<Entry[]> {
  const [last] = await sql`select coalesce(max(id), 0)::int as id from audit_entries`;
  await work();
  return sql<Entry[]>`
    select actor, address, action, before from audit_entries where id > ${last?.id} order by id`;
}

const called = new Set<string>();
const wrong: string[] = [];

function expectRecord(name: string, holds: Holds, found: Entry[]): void {
  if (holds === "nothing") {
    if (found.length > 0) wrong.push(`${name} changes nothing and is written down`);
    return;
  }
  const [entry, ...more] = found;
  if (!entry || more.length > 0) wrong.push(`${name} is written down ${found.length} times`);
  else if (entry.actor === "" || entry.address === null || entry.action === "") {
    wrong.push(`${name} does not say who did what from where: ${JSON.stringify(entry)}`);
  } else if (holds === "change" && entry.before === null) {
    wrong.push(`${name} does not say how it was before`);
  }
}

/** `change`: with how it was before. `beginning`: something is made, sent or started. */
type Holds = "change" | "beginning" | "nothing";

/** Calls an action as its page does, looks at what the audit holds of it, and gives what it answered. */
async function act(name: string, holds: Holds, ...args: unknown[]): Promise<string> {
  const action = actions.find((one) => one.name === name);
  if (!action) throw new Error(`${name} is not in the build`);
  called.add(name);
  const page = (action.pages[0] ?? "/").replace(/\[\w+\]/g, "1");
  let text = "";
  const found = await entriesOf(async () => {
    text = (await client.act(page, action.id, args)).text;
  });
  if (!/"kind":"done"/.test(text)) wrong.push(`${name} was refused: ${text.slice(0, 600)}`);
  else expectRecord(name, holds, found);
  return text;
}

const idOf = async (query: postgres.PendingQuery<postgres.Row[]>) => {
  const [row] = await query;
  return row?.id;
};

it("writes down who did what from where, and how it was before, for every action there is", async () => {
  await setUp();
  const household = await insertHousehold(rows.db);
  await requests(household);
  await mails(household);
  await inboxIssuesAndJobs(household);
  await maintenanceAndBackups(household);
  await settingsAndServices();
  await usersAndLinks(household);
  await security();
  await act("restartAction", "beginning");

  expect(wrong).toEqual([]);
  const built = actions.map(({ name }) => name).sort();
  expect(Object.keys(dashboardActions).sort()).toEqual(built);
  expect([...called].sort(), "call the new action above").toEqual(built);
});

async function setUp() {
  const token = /it asks for ([A-Z0-9-]+)/.exec(app.output())?.[1];
  await act("showTokenAction", "beginning", token);
  await act("beginAction", "beginning");
  await act("tryMailAction", "beginning", { to: "somebody@example.net" });
  await act("confirmMailAction", "beginning");
  const { url, apiKey } = stack.sonarr;
  const sonarr = { kind: "sonarr", name: "Sonarr", url, apiKey, isFourK: false };
  await act("saveInstanceAction", "beginning", { key: null, ...sonarr });
  await act("startSyncAction", "beginning");
  await act("confirmBehaviourAction", "beginning");
  await act("ensureSecretAction", "change");
  await sql`insert into milestones (name, at) values ('first_sync', now())`;
  await sql`insert into instances (key, kind, name, baseline_at)
    values ('sonarr', 'sonarr', 'Sonarr', now())`;
  await act("finishAction", "change", { login: "off", name: "", password: "" });
  await sql`delete from instances`;
}

type Rows = Awaited<ReturnType<typeof insertHousehold>>;

async function requests({ show, jonas, anna }: Rows) {
  await act("checkForMissedAction", "beginning");
  await act("syncRequestsAction", "beginning");
  await act("syncUsersAction", "beginning");
  await act("attachPeopleAction", "change", show, { userIds: [jonas], includeExisting: false });
  await act("detachPersonAction", "change", { requestId: show, userId: jonas });
  await act("checkNowAction", "beginning", show);
  const { tmdbId } = stack.world.addMovie({ title: "Slack Water" });
  const title = { mediaType: "movie", tmdbId };
  await act("searchTitlesAction", "nothing", "slack water");
  await act("readTitleAction", "nothing", title);
  const asked = { ...title, seasons: [], isFourK: false, userId: anna, watcherIds: [] };
  await act("requestOnBehalfAction", "beginning", asked);
}

async function mails({ scheduled, held, sent, failed }: Rows) {
  await act("sendNowAction", "change", { notificationId: scheduled });
  await act("releaseAction", "change", { notificationId: held });
  await act("resendAction", "beginning", { notificationId: sent });
  await act("cancelAction", "change", { notificationId: failed });
  await act("actOnMailsAction", "change", { verb: "cancel", ids: [scheduled] });
  await act("settleHeldAction", "change", { verdict: "drop", which: { ids: [held] } });
}

async function inboxIssuesAndJobs({ testEvent }: Rows) {
  await act("dryRunAction", "nothing", { eventId: testEvent });
  await act("replayAction", "beginning", { eventId: testEvent });
  const { reported } = await insertSampleIssues(rows.db, new Date());
  await act("rehearseFixAction", "nothing", { issueId: reported });
  await act("fixIssueAction", "change", { issueId: reported });
  await act("resolveIssueAction", "change", { issueId: reported });
  await act("runJobAction", "beginning", { name: "backup" });
  await act("testAlertAction", "beginning", { channel: "email" });
  const jobId = await idOf(sql`
    select id::text from graphile_worker.add_job('collect_request', '{"requestId": 1}'::json)`);
  await sql`update graphile_worker._private_jobs set attempts = 1, last_error = 'nothing answers'
    where id = ${jobId}`;
  await act("settleJobAction", "change", { jobId, verdict: "retry" });
}

async function maintenanceAndBackups({ anna, show }: Rows) {
  const plan = { title: "New disks", text: "", zone: "Europe/Berlin" };
  const times = { starts: "2099-01-01T10:00", ends: "2099-01-01T11:00" };
  await act("saveWindowAction", "beginning", { windowId: null, ...plan, ...times });
  const windowId = Number(await idOf(sql`select id from maintenance_windows`));
  const other = { ...times, title: "Newer disks" };
  await act("saveWindowAction", "change", { windowId, ...plan, ...other });
  await act("cancelWindowAction", "change", { windowId });
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const current = await insertMaintenanceWindow(rows.db, {
    ...{ title: "New router", startsAt: at(-1), endsAt: at(1), zone: "Europe/Berlin" },
    ...{ status: "active", announcedAt: at(-2), createdBy: "test" },
  });
  await act("endWindowAction", "change", { windowId: current.id });

  await act("makeBackupAction", "beginning");
  const folder = path.join(config.folder, "backups");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, backup), "no worker reads it");
  await act("restoreBackupAction", "beginning", backup, "restore");
  await act("deleteBackupAction", "change", { fileName: backup });
  await sql`insert into swallowed_items (user_id, media_key, request_id, title, at)
    values (${anna}, 'episode:tvdb:500:s03e02', ${show}, 'Tidewater Road', now())`;
  await act("releaseSwallowedAction", "change", { ids: "all" });
}

async function settingsAndServices() {
  await act("saveSettingsAction", "change", { PLEX_DEADLINE_HOURS: "12" });
  const { url, apiKey } = stack.sonarr;
  const sonarr = { kind: "sonarr", name: "Series", url, apiKey: null, isFourK: false };
  await act("saveInstanceAction", "change", { key: "sonarr", ...sonarr });
  const trial = { service: "sonarr", name: "Series", url, secret: apiKey, instanceKey: null };
  await act("testConnectionAction", "nothing", trial);
  await act("testMailServerAction", "nothing");
  await act("sendTestMailAction", "beginning", { to: "somebody@example.net" });
  const webhook = { key: "sonarr", base: app.url, replace: false };
  await act("installWebhookAction", "change", webhook);
  await act("removeInstanceAction", "change", { key: "sonarr" });

  await signInToPlex();

  const choice = { kind: "coming_soon", notificationId: null };
  const look = {
    MAIL_SERVER_NAME: "Loft",
    MAIL_ACCENT_COLOR: "#ff0055",
    MAIL_LOGO_URL: "",
    MAIL_LANGUAGE: "en",
  };
  await act("describeSampleAction", "nothing", { choice, look });
  await act("sendSampleAction", "beginning", { choice, look, to: "somebody@example.net" });
  const picture = readFileSync(path.resolve("app/apple-icon.png")).toString("base64");
  await act("setLogoAction", "change", { picture });
}

async function signInToPlex() {
  const { token: accessToken, machineIdentifier, port, url } = stack.plex;
  const connections = [{ uri: url, address: "127.0.0.1", port, local: true }];
  plexTv.servers = [{ name: "Attic", machineIdentifier, accessToken, connections }];
  await act("beginPlexSignInAction", "nothing");
  await act("cancelPlexSignInAction", "nothing");
  const begun = await act("beginPlexSignInAction", "nothing");
  plexTv.grant(/"url":"([^"]+)"/.exec(begun)?.[1] ?? "");
  const server = { ticket: /"ticket":"([^"]+)"/.exec(begun)?.[1], machineIdentifier };
  await act("askPlexSignInAction", "nothing", { ticket: server.ticket });
  await act("tryPlexAddressesAction", "nothing", server);
  await act("connectPlexAction", "change", { ...server, url });
}

async function usersAndLinks({ anna, zett }: Rows) {
  await act("sendLinkAction", "beginning", anna);
  await act("revokeLinksAction", "change", anna);
  await act("setActiveAction", "change", zett, false);
  await act("makeCalendarLinkAction", "change");
  await act("revokeCalendarLinkAction", "change");
}

async function security() {
  await act("saveSecurityAction", "change", { ALLOWED_HOSTS: "media.example.net" });
  await act("renewWebhookSecretAction", "change");
  await act("acceptWithoutSecretAction", "change");
  await act("createApiKeyAction", "beginning", { name: "reader", scope: "read" });
  await act("revokeApiKeyAction", "change", Number(await idOf(sql`select id from api_keys`)));
  await act("createAccountAction", "beginning", { name: "marta", fresh: password });
  const fresh = `${password}, another`;
  await act("changePasswordAction", "change", { name: "marta", current: password, fresh });

  await act("switchLoginAction", "change", "on");
  called.add("signInAction");
  const account = { name: "marta", password: fresh };
  const signedIn = await entriesOf(async () => {
    expect((await client.signIn(account)).status).toBe(303);
  });
  expectRecord("signInAction", "beginning", signedIn);
  const signInElsewhere = () => new LoginClient(app.port, "127.0.0.1").signIn(account);
  await signInElsewhere();
  const newest = sql`
    select public_id as id from admin_sessions order by created_at desc, public_id limit 1`;
  await act("endSessionAction", "change", await idOf(newest));
  await signInElsewhere();
  await act("endOtherSessionsAction", "change");
  await act("switchLoginAction", "change", "off");

  called.add("signOutAction");
  const out = actions.find(({ name }) => name === "signOutAction");
  const signedOut = await entriesOf(async () => {
    await client.act(out?.pages[0] ?? "/", out?.id ?? "", []);
  });
  expectRecord("signOutAction", "beginning", signedOut);
}
