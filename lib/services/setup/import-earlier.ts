import { openEarlierDatabase, readHistory } from "@/lib/clients/earlier/read-history";
import {
  type EarlierHistory,
  type ImportPlan,
  listUnresolvedShows,
  type PlannedTelling,
  planEarlierImport,
  type SeerrNow,
} from "@/lib/domain/earlier-history";
import { importReport } from "@/lib/domain/earlier-report";
import { plural } from "@/lib/domain/views/count-words";
import { itemWords } from "@/lib/domain/words";
import { UpstreamError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { listRequestIds, listUserIds, mergeIntoLedger } from "@/lib/store/earlier-import";
import { findMilestone, reachMilestone } from "@/lib/store/milestones";
import { insertTimeline } from "@/lib/store/timeline";
import { findUsers, setUserActive } from "@/lib/store/users";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";
import { type Host, withHostContext } from "../host-context";
import { attachWatchers } from "../requests/attach-watcher";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { syncRequests } from "../requests/sync-requests";
import { seerrOf } from "../upstreams";
import { syncUsers } from "../users/sync-users";

/** Who did it, on timelines. */
const actor = "Earlier BingeAlert";

type Import = {
  /** A file, or `postgresql://…`. */
  source: string;
  /** False: only says what would come over. */
  isMeant: boolean;
};

/** Brings the history of the earlier BingeAlert over, from the command line. Says in words what came or would come. */
export function importEarlierOnHost(host: Host, wanted: Import): Promise<string> {
  return withHostContext(host, (ctx) => importEarlier(ctx, wanted));
}

/**
 * Reads the earlier database, which is never written to, and puts what it says into the ledger and onto the requests
 * that Seerr has now. Doing it twice changes nothing. Nobody is mailed because of it. Throws an AppError or
 * UpstreamError in words.
 */
export async function importEarlier(ctx: ServiceContext, wanted: Import): Promise<string> {
  const database = await openEarlierDatabase(wanted.source);
  let history: EarlierHistory;
  try {
    history = await readHistory(database);
  } finally {
    await database.close();
  }
  const seerr = await readSeerr(ctx);
  const tvdbIds = await findTvdbIds(ctx, listUnresolvedShows(history, seerr));
  const plan = planEarlierImport(history, seerr, tvdbIds);
  const report = importReport(plan);
  if (!wanted.isMeant) {
    return [
      "This would come over:",
      ...report,
      "",
      "Nothing was changed. Add --yes to do it.",
    ].join("\n");
  }
  const done = await applyImport(ctx, plan);
  return [...report, "", done].join("\n");
}

async function readSeerr(ctx: ServiceContext): Promise<SeerrNow> {
  const seerr = seerrOf(await ctx.loadConfig());
  const now: SeerrNow = { users: [], requests: [] };
  for await (const page of seerr.users()) now.users.push(...page.items);
  for await (const page of seerr.requests()) now.requests.push(...page.items);
  return now;
}

/** Shows asked for side by side: Seerr asks TMDB for each. */
const atOnce = 4;

/** TVDB ids by TMDB ids, as far as Seerr knows them. */
async function findTvdbIds(
  ctx: ServiceContext,
  tmdbIds: readonly number[],
): Promise<Map<number, number>> {
  const seerr = seerrOf(await ctx.loadConfig());
  const found = new Map<number, number>();
  for (let start = 0; start < tmdbIds.length; start += atOnce) {
    const some = tmdbIds.slice(start, start + atOnce);
    await Promise.all(
      some.map(async (tmdbId) => {
        try {
          const { tvdbId } = await seerr.tv(tmdbId);
          if (tvdbId !== null) found.set(tmdbId, tvdbId);
        } catch (error) {
          // A title that TMDB does not know; a Seerr that is down ends the import.
          if (!(error instanceof UpstreamError) || error.kind !== "status") throw error;
        }
      }),
    );
  }
  return found;
}

/** People and requests come from Seerr itself; only what Seerr cannot know comes from the earlier system. */
async function applyImport(ctx: ServiceContext, plan: ImportPlan): Promise<string> {
  const { db } = ctx.database;
  const quietly = async () => {};
  await syncUsers(ctx, quietly);
  await syncRequests(ctx, quietly);
  const [userIds, requestIds] = await Promise.all([listUserIds(db), listRequestIds(db)]);

  const switchedOff = await switchOff(ctx, plan, userIds);
  const rows = plan.ledger.flatMap((telling) => {
    const userId = userIds.get(telling.seerrUserId);
    const requestId =
      telling.seerrRequestId === null ? null : (requestIds.get(telling.seerrRequestId) ?? null);
    return userId === undefined ? [] : [{ ...telling, userId, requestId }];
  });
  const remembered = await remember(ctx, rows);
  const attached = await attachAll(ctx, plan, userIds, requestIds);
  await reachMilestone(db, "earlier_imported", ctx.now());
  await announceChange(db, "requests");
  return [
    `Done: ${plural(remembered, "entry", "entries")} in the ledger,`,
    `${plural(attached, "person", "people")} attached,`,
    `${switchedOff} switched off.`,
    "Nobody was mailed, and nobody will be mailed about these again.",
  ].join(" ");
}

/** Once: what the admin chose here since then stands. */
async function switchOff(
  ctx: ServiceContext,
  plan: ImportPlan,
  userIds: ReadonlyMap<number, number>,
): Promise<number> {
  const { db } = ctx.database;
  if (await findMilestone(db, "earlier_imported")) return 0;
  let count = 0;
  for (const { seerrUserId, at } of plan.deactivate) {
    const userId = userIds.get(seerrUserId);
    if (userId === undefined) continue;
    await setUserActive(db, userId, false, at ?? ctx.now());
    count += 1;
  }
  return count;
}

type Row = PlannedTelling & { userId: number; requestId: number | null };

const portion = 1000;

async function remember(ctx: ServiceContext, rows: readonly Row[]): Promise<number> {
  let count = 0;
  for (let start = 0; start < rows.length; start += portion) {
    const some = rows.slice(start, start + portion);
    count += await ctx.database.db.transaction((tx) =>
      mergeIntoLedger(
        tx,
        availableKind,
        some.map(({ userId, mediaKey, how, at }) => ({ userId, mediaKey, how, at })),
      ),
    );
  }
  const byRequest = new Map<number, Row[]>();
  for (const row of rows) {
    if (row.requestId === null) continue;
    const known = byRequest.get(row.requestId);
    if (known) known.push(row);
    else byRequest.set(row.requestId, [row]);
  }
  for (const [requestId, told] of byRequest) {
    await ctx.database.db.transaction((tx) => noteOnTimeline(tx, requestId, told));
  }
  return count;
}

async function noteOnTimeline(
  tx: Executor,
  requestId: number,
  rows: readonly Row[],
): Promise<void> {
  const told = rows.filter((row) => row.how === "told");
  const people = await findUsers(tx, [...new Set(told.map((row) => row.userId))]);
  await insertTimeline(
    tx,
    people.map((person) => {
      const own = told.filter((row) => row.userId === person.id);
      const words = itemWords(own.map((row) => row.mediaKey));
      return {
        requestId,
        userId: person.id,
        at: newest(own),
        kind: "told" as const,
        code: "told_earlier",
        words: `${person.displayName} was told about ${words}`,
        reason: "By the earlier BingeAlert, before the move",
        source: actor,
        dedupeKey: `earlier:${requestId}:${person.id}`,
      };
    }),
  );
  await refreshRequestStates(tx, [requestId], newest(rows), "noNews");
}

const newest = (rows: readonly Row[]) => new Date(Math.max(...rows.map((row) => row.at.getTime())));

async function attachAll(
  ctx: ServiceContext,
  plan: ImportPlan,
  userIds: ReadonlyMap<number, number>,
  requestIds: ReadonlyMap<number, number>,
): Promise<number> {
  let count = 0;
  for (const { seerrRequestId, seerrUserIds } of plan.watchers) {
    const requestId = requestIds.get(seerrRequestId);
    const ids = seerrUserIds.flatMap((id) => userIds.get(id) ?? []);
    if (requestId === undefined || ids.length === 0) continue;
    const watchers = { requestId, userIds: ids, tellExisting: false, actor };
    count += (await attachWatchers(ctx, watchers)).attached;
  }
  return count;
}
