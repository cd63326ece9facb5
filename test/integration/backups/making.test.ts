import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyBackup } from "@/lib/services/backups/verify-backup";
import { startDueRuns } from "@/lib/services/runs/start-due-runs";
import { closeStage } from "../scenarios/stage";
import { backUp, folderOf, modeOf, openToldStage, type Stage } from "./backup-stage";

let stage: Stage;
let folder: string;

beforeAll(async () => {
  ({ stage } = await openToldStage());
  folder = await folderOf(stage.household);
});
afterAll(() => closeStage(stage));

test("a backup holds every row, is read back, and only its owner may read it", async () => {
  const { household } = stage;
  const made = await backUp(household);
  const file = path.join(folder, made.fileName);
  const text = gunzipSync(readFileSync(file)).toString("utf8");
  expect(text).toContain("Harbour Lights");
  expect(text.split("\n", 1)[0]).toContain('"format":"bingealert-backup"');
  expect(made.rows).toBeGreaterThan(20);
  expect(modeOf(file)).toBe("600");
  expect(modeOf(folder)).toBe("700");
  expect(await verifyBackup(household.ctx, made.fileName)).toEqual({
    kind: "whole",
    rows: made.rows,
  });
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("a backup carries where the services are and none of their keys", async () => {
  const { household } = stage;
  const { configDir } = await household.ctx.loadConfig();
  writeFileSync(
    path.join(configDir, ".env"),
    [
      "JELLYSEERR_URL=http://seerr.example:5055",
      "JELLYSEERR_API_KEY=key-of-seerr",
      "SONARR_ANIME_URL=http://anime.example:8989",
      "SONARR_ANIME_API_KEY=key-of-anime",
      "PLEX_URL=http://me:pass-of-plex@plex.example:32400",
      "APP_SECRET_KEY=key-of-links",
      "SMTP_PASSWORD=pass-of-smtp",
    ].join("\n"),
  );
  const made = await backUp(household);
  const text = gunzipSync(readFileSync(path.join(folder, made.fileName))).toString("utf8");
  const { settings } = JSON.parse(text.split("\n", 1)[0] ?? "");
  expect(settings).toEqual({
    JELLYSEERR_URL: "http://seerr.example:5055",
    SONARR_ANIME_URL: "http://anime.example:8989",
  });
  expect(text).not.toMatch(/key-of-|pass-of-/);
  writeFileSync(path.join(configDir, ".env"), "");
});

test("what is written while a backup is made is in it whole or not at all", async () => {
  const { household } = stage;
  const { raw } = household.ctx.database;
  let isWriting = true;
  const writing = (async () => {
    for (let round = 0; isWriting; round++) {
      await raw.begin(async (tx) => {
        await tx`insert into settings (name, value) values (${`pair-a-${round}`}, 'x')`;
        await tx`insert into milestones (name, at) values (${`pair-b-${round}`}, now())`;
      });
    }
  })();
  const files = [await backUp(household), await backUp(household)];
  isWriting = false;
  await writing;
  for (const { fileName } of files) {
    const text = gunzipSync(readFileSync(path.join(folder, fileName))).toString("utf8");
    const count = (word: string) => text.split("\n").filter((l) => l.startsWith(word)).length;
    expect(count("pair-a-")).toBe(count("pair-b-"));
  }
  await raw`delete from settings where name like 'pair-%'`;
  await raw`delete from milestones where name like 'pair-%'`;
});

test("damage anywhere in a file is noticed", async () => {
  const { household } = stage;
  const made = await backUp(household);
  const whole = readFileSync(path.join(folder, made.fileName));
  const names = ["000001", "000002", "000003", "000004"].map(
    (time) => `bingealert-20200101-${time}-uploaded.backup`,
  );
  const [cut = "", flipped = "", other = "", longer = ""] = names;
  writeFileSync(path.join(folder, cut), whole.subarray(0, whole.length - 200));
  const damaged = Buffer.from(whole);
  const middle = Math.floor(damaged.length / 2);
  damaged[middle] = (damaged[middle] ?? 0) ^ 0xff;
  writeFileSync(path.join(folder, flipped), damaged);
  writeFileSync(path.join(folder, other), "something else altogether");
  writeFileSync(path.join(folder, longer), whole);
  appendFileSync(path.join(folder, longer), whole);
  for (const name of names) {
    expect((await verifyBackup(household.ctx, name)).kind, name).toBe("damaged");
  }
});

test("the run keeps only so many scheduled ones, and those made by hand apart", async () => {
  const { household } = stage;
  household.configure({ BACKUP_KEEP: "2" });
  const { runWorker } = await import("@/lib/services/runs/run-worker");
  for (let round = 0; round < 4; round++) {
    await household.advance({ minutes: 1 });
    await runWorker(household.ctx, "backup", "schedule");
  }
  await runWorker(household.ctx, "backup", "admin");
  const names = readdirSync(folder);
  expect(names.filter((name) => name.includes("-scheduled."))).toHaveLength(2);
  expect(names.filter((name) => name.includes("-manual.")).length).toBeGreaterThanOrEqual(4);
});

test("none is made by itself before set-up is over", async () => {
  const { household } = stage;
  const { raw } = household.ctx.database;
  const count = async () => {
    await household.advance({ hours: 48 });
    await startDueRuns(household.ctx);
    await household.settle();
    return readdirSync(folder).length;
  };
  await raw`insert into milestones (name, at) values ('setup_open', ${household.now})`;
  const before = readdirSync(folder).length;
  expect(await count()).toBe(before);
  household.configure({ BACKUP_KEEP: "100" });
  await raw`insert into milestones (name, at) values ('setup_complete', ${household.now})`;
  expect(await count()).toBe(before + 1);
});

test("a backup that cannot be written leaves no half file, and the admin is told once", async () => {
  const { household } = stage;
  const { raw } = household.ctx.database;
  const { runWorker } = await import("@/lib/services/runs/run-worker");
  const before = readdirSync(folder).sort();
  await raw`alter table users rename to users_elsewhere`;
  try {
    for (let round = 0; round < 2; round++) {
      await expect(runWorker(household.ctx, "backup", "schedule")).rejects.toThrow();
    }
  } finally {
    await raw`alter table users_elsewhere rename to users`;
  }
  expect(readdirSync(folder).sort()).toEqual(before);
  const told = await raw`select subject from notifications where kind = 'backup_failed'`;
  expect(told).toHaveLength(1);
});
