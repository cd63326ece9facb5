import type { Instance } from "@/lib/domain/instance";
import { UpstreamError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import { deleteOldRepairs } from "@/lib/store/download-repairs";
import { deleteGoneDownloads, markGoneElsewhere } from "@/lib/store/downloads";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import type { Progress, RunResult } from "../run-report";
import { readDownloads } from "./read-downloads";
import { refreshTitles } from "./refresh-titles";
import { attemptsCountMs, carryOutRepairs, planRepairs } from "./repair-downloads";
import { type Checked, tellStuck } from "./tell-stuck";

/** How long a download is kept after it left its queue. */
const keepGoneMs = 14 * 24 * 60 * 60 * 1000;
const deleteAtOnce = 500;

/**
 * Looks at every download of every instance: what is stuck is told once, a missing title is asked for, and, where
 * that is switched on, a release that cannot be imported is replaced. An instance that cannot be asked is named in the
 * result, and nothing of its downloads is judged.
 */
export async function checkStuck(ctx: ServiceContext, report: Progress): Promise<RunResult> {
  const config = await ctx.loadConfig();
  const { db } = ctx.database;
  const failures: string[] = [];
  const checked: Checked[] = [];
  let refreshed = 0;
  for (const [index, instance] of config.instances.entries()) {
    const total = config.instances.length;
    await report({ done: index, total, words: `Reading the queue of ${instance.name}` });
    try {
      refreshed += await checkInstance(ctx, config, instance, checked, failures);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failures.push(error.message);
    }
  }
  const told = await tellStuck(ctx, config, checked);
  await markGoneElsewhere(
    db,
    config.instances.map((instance) => instance.key),
    ctx.now(),
  );
  await forgetOld(ctx);
  await announceChange(db, "health");
  if (failures.length > 0) ctx.log.warn("the check of downloads was incomplete", { failures });
  return { words: resultWords(checked, told, refreshed), failures };
}

/** Checks one instance; what it found is in `checked` even when a later step fails. Returns how many shows are read anew. */
async function checkInstance(
  ctx: ServiceContext,
  config: Config,
  instance: Instance,
  checked: Checked[],
  failures: string[],
): Promise<number> {
  const { judged, isWhole } = await readDownloads(ctx, config, instance);
  const entry: { instance: Instance; planned: Checked["planned"] } = {
    instance,
    planned: await planRepairs(ctx, config, instance, judged),
  };
  checked.push(entry);
  const refreshed = await refreshTitles(ctx, instance, judged);
  if (isWhole) {
    entry.planned = await carryOutRepairs(ctx, config, instance, entry.planned, failures);
  }
  return refreshed;
}

async function forgetOld(ctx: ServiceContext): Promise<void> {
  const { db } = ctx.database;
  const now = ctx.now().getTime();
  const goneBefore = new Date(now - keepGoneMs);
  while ((await deleteGoneDownloads(db, goneBefore, deleteAtOnce)) === deleteAtOnce);
  const startedBefore = new Date(now - attemptsCountMs);
  while ((await deleteOldRepairs(db, startedBefore, deleteAtOnce)) === deleteAtOnce);
}

function resultWords(
  checked: readonly Checked[],
  told: { stuck: number; repaired: number },
  refreshed: number,
): string {
  const all = checked.flatMap(({ planned }) => planned);
  const stuck = all.filter(({ verdict }) => verdict.kind === "stuck").length;
  const parts = [
    `${all.length} ${all.length === 1 ? "download" : "downloads"} checked`,
    stuck === 0 ? "none is stuck" : `${stuck} stuck, ${told.stuck} of them newly told`,
    ...(refreshed > 0 ? [`${refreshed} ${refreshed === 1 ? "show" : "shows"} read anew`] : []),
    ...(told.repaired > 0
      ? [`${told.repaired} ${told.repaired === 1 ? "release" : "releases"} replaced`]
      : []),
  ];
  return parts.join(", ");
}
