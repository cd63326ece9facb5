import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import { runRestore } from "@/lib/services/backups/run-restore";
import { changeSettings } from "@/lib/services/settings/change-settings";
import {
  findCalendarPath,
  makeCalendarLink,
  revokeCalendarLink,
} from "@/lib/services/users/household-calendar";
import { readMigrations } from "@/lib/store/migration-files";
import { findRestore, insertRestore, updateRestore } from "@/lib/store/restores";
import { closeStage, subjectsTo, withoutDelay } from "../scenarios/stage";
import {
  backUp,
  fingerprint,
  folderOf,
  leftovers,
  openToldStage,
  restore,
  type Stage,
} from "./backup-stage";

const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await closeStage(stage);
});

async function toldStage() {
  const opened = await openToldStage();
  stages.push(opened.stage);
  return opened;
}

/** Rewrites a backup: each line of its text goes through `change`; checksums are made right again on request. */
async function forge(
  stage: Stage,
  fileName: string,
  change: (text: string) => string,
): Promise<string> {
  const folder = await folderOf(stage.household);
  const text = gunzipSync(readFileSync(path.join(folder, fileName))).toString("utf8");
  const forged = "bingealert-20200101-000000-uploaded.backup";
  writeFileSync(path.join(folder, forged), gzipSync(withTrailer(change(text))));
  return forged;
}

function withTrailer(text: string): string {
  const lines = text.split("\n");
  const tables: Record<string, { rows: number; sha256: string }> = {};
  let name: string | null = null;
  let rows: string[] = [];
  for (const line of lines.slice(1, -2)) {
    if (name === null) name = JSON.parse(line).table as string;
    else if (line === "\\.") {
      const body = rows.map((row) => `${row}\n`).join("");
      const sha256 = createHash("sha256").update(body).digest("hex");
      tables[name] = { rows: rows.length, sha256 };
      name = null;
      rows = [];
    } else rows.push(line);
  }
  return `${lines.slice(0, -2).join("\n")}\n${JSON.stringify({ tables })}\n`;
}

test("B32: a restored backup is what it was, sends nothing, and nobody hears of anything twice", async () => {
  const { stage, user, show } = await toldStage();
  const { stack, household } = stage;
  const made = await backUp(household);
  const first = subjectsTo(stage, user.email).length;
  stack.plex.show(await stack.sonarr.import(show, 1, 3));
  await household.advance({ minutes: 5 });
  const toldBefore = subjectsTo(stage, user.email);
  expect(toldBefore.length).toBe(first + 1);

  await restore(household, made.fileName);
  await household.advance({ hours: 5 });
  expect(subjectsTo(stage, user.email)).toEqual(toldBefore);
  expect(await leftovers(household)).toEqual([]);

  // What comes afterwards is news again.
  stack.plex.show(await stack.sonarr.import(show, 1, 4));
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toHaveLength(toldBefore.length + 1);
  expect(subjectsTo(stage, user.email).at(-1)).toBe("Harbour Lights: episode 4 is ready");
});

test("on another database nothing is mailed either: what was told since is marked and can be let out", async () => {
  const { stage, user, show } = await toldStage();
  const { stack, household } = stage;
  const made = await backUp(household);
  // Told after the backup was made; the new machine cannot know.
  stack.plex.show(await stack.sonarr.import(show, 1, 3));
  await household.advance({ minutes: 5 });
  const told = subjectsTo(stage, user.email);
  const text = readFileSync(path.join(await folderOf(household), made.fileName));
  await household.close();

  const fresh = await openStageOn(stage);
  const folder = await folderOf(fresh.household);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, made.fileName), text);
  await restore(fresh.household, made.fileName);
  await fresh.household.advance({ hours: 5 });
  expect(subjectsTo(fresh, user.email)).toEqual(told);
  const swallowed = await fresh.household.ctx.database.raw<{ key: string }[]>`
    select media_key as key from swallowed_items where released_at is null`;
  expect(swallowed.map((row) => row.key)).toEqual([`episode:tvdb:${show.tvdbId}:s01e03`]);
});

/** A new household on an empty database, beside the same services. */
async function openStageOn(stage: Stage): Promise<Stage> {
  const { Household } = await import("@/test/support/household");
  const household = await Household.open(stage.stack, { env: withoutDelay, firstSync: false });
  const fresh = { stack: stage.stack, household };
  stages.splice(stages.indexOf(stage), 1, fresh);
  return fresh;
}

test("mails under way in the backup are held, and one that has left since is known to have left", async () => {
  const { stage, user } = await toldStage();
  const { household } = stage;
  const { raw } = household.ctx.database;
  const [waiting] = await raw<{ id: string }[]>`
    insert into notifications (audience, user_id, kind, title, subject, status, due_at)
    select 'user', id, 'coming_soon', 'Later', 'Later', 'retrying', now() + interval '30 days'
    from users where email = ${user.email} returning id`;
  const [leaves] = await raw<{ id: string }[]>`
    insert into notifications (audience, user_id, kind, title, subject, status, due_at)
    select 'user', id, 'coming_soon', 'Gone', 'Gone', 'scheduled', now() + interval '30 days'
    from users where email = ${user.email} returning id`;
  const made = await backUp(household);
  const told = subjectsTo(stage, user.email);
  await raw`update notifications set status = 'sent', sent_at = now() where id = ${leaves?.id ?? 0}`;
  await restore(household, made.fileName);
  const rows = await raw<{ id: string; status: string; reason: string | null }[]>`
    select id, status, status_reason as reason from notifications
    where id in (${waiting?.id ?? 0}, ${leaves?.id ?? 0}) order by id`;
  expect(rows.map((row) => row.status)).toEqual(["held", "sent"]);
  expect(rows[0]?.reason).toMatch(/under way when the restored backup was made/);
  await household.advance({ hours: 24 });
  expect(subjectsTo(stage, user.email)).toEqual(told);
});

test("who unsubscribed after the backup stays unsubscribed, and old links stay revoked", async () => {
  const { stage, user } = await toldStage();
  const { household } = stage;
  const { raw } = household.ctx.database;
  const made = await backUp(household);
  await raw`
    update users set unsubscribed_at = now(), link_version = 5, is_active = false,
      muted_kinds = '{coming_soon}'
    where email = ${user.email}`;
  await restore(household, made.fileName);
  const [row] = await raw<{ at: Date | null; version: number; active: boolean; muted: string[] }[]>`
    select unsubscribed_at as at, link_version as version, is_active as active, muted_kinds as muted
    from users where email = ${user.email}`;
  expect(row?.at).not.toBeNull();
  expect(row).toMatchObject({ version: 5, active: false, muted: ["coming_soon"] });
});

test("who gets in is as it was here: a network and a calendar link that were taken away stay so", async () => {
  const { stage } = await toldStage();
  const { ctx } = stage.household;
  const access = { LOCAL_NETWORKS: "192.168.7.0/24", SESSION_TIMEOUT_HOURS: "24" };
  await changeSettings(ctx, { ...access, PLEX_DEADLINE_HOURS: "9" }, {});
  await makeCalendarLink(ctx);
  // What no page writes there, but somebody who made the file up.
  const { raw } = ctx.database;
  await raw`insert into settings values ('TRUSTED_PROXIES', '0.0.0.0/0', now())`;
  const made = await backUp(stage.household);
  await raw`delete from settings where name = 'TRUSTED_PROXIES'`;

  await changeSettings(ctx, { LOCAL_NETWORKS: "", SESSION_TIMEOUT_HOURS: "2" }, {});
  await revokeCalendarLink(ctx);
  await restore(stage.household, made.fileName);
  const { settings } = await ctx.loadConfig();
  expect(settings).toMatchObject({
    ...{ LOCAL_NETWORKS: "", SESSION_TIMEOUT_HOURS: 2, TRUSTED_PROXIES: "" },
    PLEX_DEADLINE_HOURS: 9,
  });
  expect(await findCalendarPath(ctx)).toBeNull();

  await makeCalendarLink(ctx);
  const link = await findCalendarPath(ctx);
  await restore(stage.household, made.fileName);
  expect(await findCalendarPath(ctx)).toBe(link);
});

test("a webhook that was acknowledged before the swap is worked off after it", async () => {
  const { stage, user, show } = await toldStage();
  const { stack, household } = stage;
  const made = await backUp(household);
  stack.plex.show(await stack.sonarr.import(show, 1, 5));
  const told = subjectsTo(stage, user.email).length;
  await restore(household, made.fileName);
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toHaveLength(told + 1);
});

test("no id is given out twice, so that an old link or job meets nothing else", async () => {
  const { stage } = await toldStage();
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  const made = await backUp(household);
  const other = stack.seerr.addUser({ displayName: "Bo", email: "bo@example.net" });
  const title = stack.world.addShow({ title: "Slack Water", seasons: { 1: 2 } });
  await stack.seerr.request({ user: other, title, autoApprove: true });
  await household.advance({ minutes: 5 });
  const [last] = await raw<{ id: number }[]>`select max(id) as id from requests`;
  await restore(household, made.fileName);
  await household.advance({ hours: 1 });
  const movie = stack.world.addMovie({ title: "The Long Pier" });
  await stack.seerr.request({ user: other, title: movie, autoApprove: true });
  await household.advance({ minutes: 1 });
  const [next] = await raw<{ id: number }[]>`select id from requests where title = 'The Long Pier'`;
  expect(next?.id).toBeGreaterThan(last?.id ?? 0);
});

test("a damaged file is refused, and nothing is changed", async () => {
  const { stage } = await toldStage();
  const { household } = stage;
  const made = await backUp(household);
  const folder = await folderOf(household);
  const whole = readFileSync(path.join(folder, made.fileName));
  writeFileSync(path.join(folder, made.fileName), whole.subarray(0, whole.length - 100));
  const before = await fingerprint(household);
  await expect(restore(household, made.fileName)).rejects.toThrow(/not a whole backup/);
  expect(await fingerprint(household)).toEqual(before);
  const [row] = await household.ctx.database.raw<{ outcome: string; words: string }[]>`
    select outcome, words from restores order by id desc limit 1`;
  expect(row?.outcome).toBe("failed");
  expect(row?.words).toMatch(/The live data was not changed/);
});

test("rows that cannot be are refused by the tables beside, and nothing is changed", async () => {
  const { stage } = await toldStage();
  const { household } = stage;
  const made = await backUp(household);
  // A ledger entry of somebody who is not there: whole by its checksums, wrong by its meaning.
  const forged = await forge(stage, made.fileName, (text) =>
    text.replace(
      /(\{"table":"delivery_ledger"[^\n]*\n)/,
      "$1999999\tavailable\tmovie:tmdb:1\ttold\t\\N\t2026-01-01 00:00:00+00\n",
    ),
  );
  const before = await fingerprint(household);
  await expect(restore(household, forged)).rejects.toThrow(/foreign key/);
  expect(await fingerprint(household)).toEqual(before);
  expect(await leftovers(household)).toEqual([]);
});

test("a swap that does not prove itself is taken back", async () => {
  const { stage, user, show } = await toldStage();
  const { stack, household } = stage;
  const made = await backUp(household);
  stack.plex.show(await stack.sonarr.import(show, 1, 3));
  await household.advance({ minutes: 5 });
  const before = await fingerprint(household);
  const prove = async () => {
    throw new Error("the disk lied");
  };
  await expect(restore(household, made.fileName, { prove })).rejects.toThrow("the disk lied");
  expect(await fingerprint(household)).toEqual(before);
  stack.plex.show(await stack.sonarr.import(show, 1, 4));
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email).at(-1)).toBe("Harbour Lights: episode 4 is ready");
});

test("tables that never come free end the attempt, and nothing is changed", async () => {
  const { stage } = await toldStage();
  const { household } = stage;
  const { raw } = household.ctx.database;
  const made = await backUp(household);
  const before = await fingerprint(household);
  await raw.begin(async (tx) => {
    await tx`select * from users limit 1`;
    await expect(restore(household, made.fileName, { patienceMs: 0 })).rejects.toThrow(
      /did not come to rest/,
    );
  });
  expect(await fingerprint(household)).toEqual(before);
});

test("one that was killed after its swap is not done a second time", async () => {
  const { stage } = await toldStage();
  const { household } = stage;
  const { db } = household.ctx.database;
  const made = await backUp(household);
  const at = household.ctx.now();
  const id = await insertRestore(db, {
    fileName: made.fileName,
    startedBy: "test",
    startedAt: at,
    words: "Swapping",
  });
  await updateRestore(db, id, { swappedAt: at });
  const before = await fingerprint(household);
  await runRestore(household.ctx, id);
  expect(await fingerprint(household)).toEqual(before);
  expect(await findRestore(db, id)).toMatchObject({ outcome: "restored", finishedAt: at });
});

test("two restores at once: the second is refused", async () => {
  const { stage } = await toldStage();
  const { household } = stage;
  const made = await backUp(household);
  const outcomes = await Promise.allSettled([
    restore(household, made.fileName),
    restore(household, made.fileName),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("a backup of an earlier version is brought up to this one", async () => {
  const { stage, user } = await toldStage();
  const { household } = stage;
  const made = await backUp(household);
  const [first, ...later] = readMigrations();
  if (!first) throw new Error("There are no migrations");
  const early = tablesOf(first.statements.join("\n"));
  const forged = await forge(stage, made.fileName, (text) => asEarlier(text, first, early));
  await restore(household, forged);
  const { raw } = household.ctx.database;
  const [row] = await raw<{ told: number }[]>`
    select count(*)::int as told from delivery_ledger l join users u on u.id = l.user_id
    where u.email = ${user.email} and l.how = 'told'`;
  expect(row?.told).toBe(2);
  expect(later.length).toBeGreaterThanOrEqual(0);
});

/** Table names and columns that a migration creates. */
function tablesOf(text: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const [, name = "", body = ""] of text.matchAll(
    /CREATE TABLE "(\w+)" \(\n([\s\S]*?)\n\);/g,
  )) {
    const columns = [...body.matchAll(/^\t"(\w+)" /gm)].map((match) => match[1] ?? "");
    tables.set(name, columns);
  }
  return tables;
}

/** The same backup as the first version would have written it: fewer tables, fewer columns. */
function asEarlier(
  text: string,
  { tag, hash }: { tag: string; hash: string },
  tables: Map<string, string[]>,
): string {
  const lines = text.split("\n");
  const header = JSON.parse(lines[0] ?? "");
  const kept: string[] = [];
  let take: number[] | null = null;
  let isInside = false;
  for (const line of lines.slice(1, -2)) {
    if (!isInside) {
      const { table, columns } = JSON.parse(line) as { table: string; columns: string[] };
      const early = tables.get(table);
      const stays = early?.filter((column) => columns.includes(column)) ?? [];
      take = early ? stays.map((column) => columns.indexOf(column)) : null;
      isInside = true;
      if (take) kept.push(JSON.stringify({ table, columns: stays }));
    } else if (line === "\\.") {
      isInside = false;
      if (take) kept.push(line);
    } else if (take) {
      const cells = line.split("\t");
      kept.push(take.map((index) => cells[index]).join("\t"));
    }
  }
  const early = {
    ...header,
    migration: { tag, hash },
    tables: header.tables.filter((name: string) => tables.has(name)),
  };
  return [JSON.stringify(early), ...kept, "{}", ""].join("\n");
}

test("a backup of a later version is refused in words", async () => {
  const { stage } = await toldStage();
  const { household } = stage;
  const made = await backUp(household);
  const forged = await forge(stage, made.fileName, (text) =>
    text.replace(/"tag":"[^"]+"/, '"tag":"9999_tomorrow"'),
  );
  await expect(restore(household, forged)).rejects.toThrow(/Update BingeAlert first/);
});

test("a disk without room: no backup, no restore, nothing changed", async () => {
  const { stage } = await toldStage();
  const { household } = stage;
  const made = await backUp(household);
  const before = await fingerprint(household);
  const disk = await import("@/lib/services/backups/backup-folder");
  vi.spyOn(disk, "freeBytes").mockResolvedValue(1_000);
  await expect(backUp(household)).rejects.toThrow(/needs up to/);
  await expect(restore(household, made.fileName)).rejects.toThrow(/needs up to/);
  expect(await fingerprint(household)).toEqual(before);
});
