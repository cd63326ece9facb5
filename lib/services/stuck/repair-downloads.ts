import { downloadEpisodeWords, downloadWords } from "@/lib/domain/downloads";
import type { Instance } from "@/lib/domain/instance";
import {
  decideRepair,
  episodesToSearch,
  listSetting,
  mostRepairsAtOnce,
  protectionOf,
  type RepairDecision,
  type RepairRules,
  repairTargets,
} from "@/lib/domain/repair";
import type { ServarrIndexer } from "@/lib/domain/upstream";
import { UpstreamError } from "@/lib/errors";
import {
  countAttempts,
  type DownloadRepair,
  deleteRepair,
  insertRepair,
  listOpenRepairs,
  stepRepair,
} from "@/lib/store/download-repairs";
import { markDownloadGone } from "@/lib/store/downloads";
import { insertTimeline } from "@/lib/store/timeline";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { radarrOf, sonarrOf } from "../upstreams";
import { requestsOfDownload } from "./download-requests";
import type { JudgedDownload } from "./read-downloads";

/** Attempts older than this are forgotten. */
export const attemptsCountMs = 90 * 24 * 60 * 60 * 1000;

/** What is to become of a judged download. */
export type PlannedDownload = JudgedDownload & { plan: RepairDecision };

/** Decides for each download whether another release is looked for. Asks the database only. */
export async function planRepairs(
  ctx: ServiceContext,
  { settings }: Config,
  instance: Instance,
  judged: readonly JudgedDownload[],
): Promise<PlannedDownload[]> {
  const rules: RepairRules = {
    isEnabled: settings.IMPORT_REPAIR_ENABLED,
    strikesNeeded: settings.IMPORT_REPAIR_STRIKES,
    attemptsAllowed: settings.IMPORT_REPAIR_ATTEMPTS,
  };
  const since = new Date(ctx.now().getTime() - attemptsCountMs);
  const planned: PlannedDownload[] = [];
  for (const one of judged) {
    const { strikes } = one.row;
    const targets = repairTargets(instance.kind, one.download);
    const attemptsMade =
      rules.isEnabled && strikes > 0
        ? await countAttempts(ctx.database.db, instance.key, targets, since)
        : 0;
    // What cannot be counted would be replaced for ever, and there is nothing to search for.
    const plan: RepairDecision =
      targets.length === 0
        ? { kind: "notCurable" }
        : decideRepair(one.verdict, one.download, { strikes, attemptsMade }, rules);
    planned.push({ ...one, plan });
  }
  const due = planned.filter(({ plan }) => plan.kind === "repair");
  if (due.length <= mostRepairsAtOnce) return planned;
  const because = `${due.length} downloads fail at once, so it is hardly the releases`;
  return planned.map((one) =>
    one.plan.kind === "repair" ? { ...one, plan: { kind: "leave", because } } : one,
  );
}

/**
 * Goes on with repairs that were cut off, then begins those that are due. Returns the plans as they turned out: what a
 * tag or a tracker protects is left. Throws UpstreamError when the instance cannot be asked; what was begun goes on in
 * the next run. `planned` has to hold the whole queue: what is not in it counts as taken away.
 */
export async function carryOutRepairs(
  ctx: ServiceContext,
  config: Config,
  instance: Instance,
  planned: readonly PlannedDownload[],
  failures: string[],
): Promise<PlannedDownload[]> {
  for (const repair of await listOpenRepairs(ctx.database.db, instance.key)) {
    const live = planned.find(({ row }) => row.downloadKey === repair.downloadKey);
    await resume(ctx, instance, repair, live ?? null, planned);
  }
  const outcome: PlannedDownload[] = [];
  for (const one of await protect(config, instance, planned)) {
    const plan = one.plan.kind === "repair" ? await begin(ctx, instance, one, failures) : one.plan;
    outcome.push({ ...one, plan });
  }
  return outcome;
}

async function begin(
  ctx: ServiceContext,
  instance: Instance,
  { download, row }: PlannedDownload,
  failures: string[],
): Promise<RepairDecision> {
  if (row.upstreamId === null) return { kind: "notCurable" };
  const repair = await insertRepair(ctx.database.db, {
    instanceKey: instance.key,
    downloadKey: row.downloadKey,
    title: row.title,
    mediaTitle: row.mediaTitle,
    groupKey: row.groupKey,
    tvdbId: row.tvdbId,
    tmdbId: row.tmdbId,
    upstreamId: row.upstreamId,
    episodes: row.episodes,
    targets: repairTargets(instance.kind, download),
    reason: row.verdictWords,
    startedAt: ctx.now(),
  });
  if (!repair) return { kind: "repair" };
  const client = instance.kind === "sonarr" ? sonarrOf(instance) : radarrOf(instance);
  try {
    await client.removeAndBlock(download.queueId);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    failures.push(error.message);
    return { kind: "leave", because: `Taking it away failed: ${error.message}` };
  }
  await noteRemoved(ctx, repair);
  await search(ctx, instance, repair, "removed");
  return { kind: "repair" };
}

/** Goes on where a crash or an outage cut a repair off. */
async function resume(
  ctx: ServiceContext,
  instance: Instance,
  repair: DownloadRepair,
  live: PlannedDownload | null,
  planned: readonly PlannedDownload[],
): Promise<void> {
  if (repair.step === "removing" && live) {
    // Not taken away after all, and decided anew: it may have come to its senses, or repairs were switched off.
    await deleteRepair(ctx.database.db, repair.id);
    return;
  }
  if (repair.step === "removing") await noteRemoved(ctx, repair);
  if (repair.step === "searching" && (await wasSearched(instance, repair, planned))) {
    await finish(ctx, instance, repair);
    return;
  }
  await search(ctx, instance, repair, repair.step === "searching" ? "searching" : "removed");
}

async function noteRemoved(ctx: ServiceContext, repair: DownloadRepair): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    await stepRepair(tx, repair.id, "removing", "removed", now);
    await markDownloadGone(tx, repair.instanceKey, repair.downloadKey, now);
  });
}

async function search(
  ctx: ServiceContext,
  instance: Instance,
  repair: DownloadRepair,
  from: "removed" | "searching",
): Promise<void> {
  const { db } = ctx.database;
  if (!(await stepRepair(db, repair.id, from, "searching", ctx.now()))) return;
  if (instance.kind === "sonarr") {
    await sonarrOf(instance).searchEpisodes(episodesToSearch(repair.episodes));
  } else {
    await radarrOf(instance).searchMovies([repair.upstreamId]);
  }
  await finish(ctx, instance, repair);
}

/** Whether the search of a repair that was cut off reached the instance: its command is there, or what it found. */
async function wasSearched(
  instance: Instance,
  repair: DownloadRepair,
  planned: readonly PlannedDownload[],
): Promise<boolean> {
  const isFound = planned.some(
    ({ download, row }) =>
      row.firstSeenAt >= repair.startedAt &&
      repairTargets(instance.kind, download).some((target) => repair.targets.includes(target)),
  );
  if (isFound) return true;
  const client = instance.kind === "sonarr" ? sonarrOf(instance) : radarrOf(instance);
  const wanted = episodesToSearch(repair.episodes);
  return (await client.commands()).some((command) =>
    instance.kind === "sonarr"
      ? command.name === "EpisodeSearch" && wanted.every((id) => command.episodeIds.includes(id))
      : command.name === "MoviesSearch" && command.movieIds.includes(repair.upstreamId),
  );
}

async function finish(
  ctx: ServiceContext,
  instance: Instance,
  repair: DownloadRepair,
): Promise<void> {
  const now = ctx.now();
  const what = downloadEpisodeWords(repair.episodes) ?? "the movie";
  await ctx.database.db.transaction(async (tx) => {
    if (!(await stepRepair(tx, repair.id, "searching", "done", now))) return;
    const requests = await requestsOfDownload(tx, instance, repair);
    await insertTimeline(
      tx,
      requests.map((request) => ({
        requestId: request.id,
        at: now,
        kind: "decision" as const,
        code: "release_replaced",
        words: `A different release of ${what} is searched`,
        reason: `${instance.name} could not import “${repair.title}”: ${repair.reason.charAt(0).toLowerCase()}${repair.reason.slice(1)}. It is taken away and on the blocklist`,
        source: "BingeAlert",
        dedupeKey: `repair:${repair.id}:${request.id}`,
      })),
    );
    await refreshRequestStates(
      tx,
      requests.map((request) => request.id),
      now,
    );
  });
  ctx.log.info("a release was replaced", {
    instance: instance.key,
    download: downloadWords(repair),
  });
}

/** Asks the instance what protects the downloads that are due, once for all of them. */
async function protect(
  { settings }: Config,
  instance: Instance,
  planned: readonly PlannedDownload[],
): Promise<PlannedDownload[]> {
  if (!planned.some(({ plan }) => plan.kind === "repair")) return [...planned];
  const client = instance.kind === "sonarr" ? sonarrOf(instance) : radarrOf(instance);
  const [tags, indexers] = await Promise.all([client.tags(), client.indexers()]);
  const skip = {
    tags: listSetting(settings.IMPORT_REPAIR_SKIP_TAGS),
    indexers: listSetting(settings.IMPORT_REPAIR_SKIP_INDEXERS),
  };
  return planned.map((one) => {
    if (one.plan.kind !== "repair") return one;
    const { download } = one;
    const indexer = indexers.find((candidate) => isNamed(candidate, download.indexer));
    const tagIds = [...download.tagIds, ...(indexer?.tagIds ?? [])];
    const because = protectionOf(
      {
        tags: tagIds.flatMap((tagId) => tags.get(tagId) ?? []),
        indexer: download.indexer,
        indexerAsksForSeeding: indexer?.asksForSeeding ?? false,
        isTorrent: download.protocol === "torrent",
      },
      skip,
    );
    return because === null ? one : { ...one, plan: { kind: "leave", because } };
  });
}

function isNamed(indexer: ServarrIndexer, name: string | null): boolean {
  return name !== null && indexer.name?.toLowerCase() === name.toLowerCase();
}
