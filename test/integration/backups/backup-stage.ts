import { statSync } from "node:fs";
import path from "node:path";
import { type MadeBackup, makeBackup } from "@/lib/services/backups/make-backup";
import { type RestoreOptions, restoreBackup } from "@/lib/services/backups/restore-backup";
import { insertRestore } from "@/lib/store/restores";
import type { Household } from "@/test/support/household";
import { openStage, type Stage, withoutDelay } from "../scenarios/stage";

const silent = async () => {};

/** A household in which somebody was told of two episodes. */
export async function openToldStage() {
  const stage = await openStage({ household: { env: withoutDelay } });
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Ada", email: "ada@example.net" });
  const show = stack.world.addShow({ title: "Harbour Lights", seasons: { 1: 8 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  for (const episode of [1, 2]) stack.plex.show(await stack.sonarr.import(show, 1, episode));
  await household.advance({ minutes: 5 });
  return { stage, user, show };
}

export const backUp = (household: Household): Promise<MadeBackup> =>
  makeBackup(household.ctx, "manual", silent);

/** Restores as the command line and the worker do. Throws what went wrong. */
export async function restore(
  household: Household,
  fileName: string,
  options: Partial<RestoreOptions> = {},
): Promise<void> {
  const { ctx } = household;
  const id = await insertRestore(ctx.database.db, {
    fileName,
    startedBy: "test",
    startedAt: ctx.now(),
    words: "",
  });
  await restoreBackup(ctx, { id, fileName }, options);
}

export async function folderOf(household: Household): Promise<string> {
  return path.join((await household.ctx.loadConfig()).configDir, "backups");
}

/** Everything that a restore may not change when it fails: rows of all tables that matter, as text. */
export async function fingerprint({ ctx }: Household): Promise<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const table of ["users", "requests", "notifications", "delivery_ledger", "batches"]) {
    const [row] = await ctx.database.raw<{ all: string }[]>`
      select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as all
      from ${ctx.database.raw(table)} t`;
    result[table] = row?.all ?? "";
  }
  return result;
}

/** Schemas of restores that are still there. */
export async function leftovers({ ctx }: Household): Promise<string[]> {
  const rows = await ctx.database.raw<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname like 'bingealert_%'`;
  return rows.map((row) => row.name);
}

export const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

export type { Stage };
