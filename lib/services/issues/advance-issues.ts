import { decideStale, type IssueCutoffs, isStale, type StaleStep } from "@/lib/domain/issue";
import { issueScope, type Replacement } from "@/lib/domain/issue-files";
import type { QueueItem } from "@/lib/domain/upstream";
import { plural } from "@/lib/domain/views/count-words";
import { sentence } from "@/lib/domain/words";
import { AppError, UpstreamError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { isQueued } from "@/lib/queue/is-queued";
import { isAttemptRunning } from "@/lib/store/issue-attempts";
import {
  type Issue,
  insertIssue,
  listClosingIssues,
  listIssuesBySeerrIds,
  listOpenIssues,
  lockIssue,
  updateIssue,
} from "@/lib/store/issues";
import { findMilestone, reachMilestone, renewMilestone } from "@/lib/store/milestones";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { activeMaintenance } from "../maintenance/find-maintenance";
import { radarrOf, seerrOf, sonarrOf } from "../upstreams";
import { fixByMode } from "./announce-issue";
import { beginFix } from "./begin-fix";
import { lookForReplacement, settleReplacement } from "./check-issue";
import { noteIssue } from "./note-issue";
import { type IssueLibrary, readIssueLibrary } from "./read-issue-library";
import { leaveToAdmin } from "./resolve-issue";
import { tellAdminOfIssue } from "./tell-admin-of-issue";

const hour = 3_600_000;

/**
 * Brings reported issues up to date: learns from Seerr what no webhook told, and gets on with those that waited past
 * their cutoff. Returns what was found and done, as phrases. A service that cannot be asked is named there, and its part
 * is left for the next run: it is never taken for "nothing there".
 */
export async function advanceIssues(ctx: ServiceContext, config: Config): Promise<string[]> {
  const words: string[] = [];
  try {
    words.push(...(await learnFromSeerr(ctx, config)));
  } catch (error) {
    if (!(error instanceof UpstreamError || error instanceof AppError)) throw error;
    words.push(`issues could not be read from Seerr: ${error.message}`);
  }
  for (const issue of await listClosingIssues(ctx.database.db)) {
    await enqueue(ctx.database.db, "close_issue", { issueId: issue.id });
  }
  words.push(...(await advanceStale(ctx, config)));
  return words;
}

/** Reads the open issues of Seerr: unknown ones are reports that were missed, missing ones were resolved there. */
async function learnFromSeerr(ctx: ServiceContext, config: Config): Promise<string[]> {
  const { db } = ctx.database;
  const isFirst = await isFirstReading(ctx);
  // Before the listing: what is reported while its pages are read is on none of them.
  const openHere = await listOpenIssues(db);
  const open = new Set<number>();
  let missed = 0;
  let reopened = 0;
  for await (const page of seerrOf(config).openIssues()) {
    const ids = page.items.map((item) => item.seerrIssueId);
    const known = new Map(
      (await listIssuesBySeerrIds(db, ids)).map((issue) => [issue.seerrIssueId, issue]),
    );
    for (const seerrIssueId of ids) {
      open.add(seerrIssueId);
      const issue = known.get(seerrIssueId);
      if (!issue && isFirst) await storeKnownBefore(ctx, seerrIssueId);
      else if (!issue || (!issue.announcedAt && !issue.knownBefore)) {
        await enqueue(db, "complete_issue", { seerrIssueId, act: true });
        missed += 1;
      } else if (issue.status === "resolved" && issue.closing !== "pending") {
        await enqueue(db, "complete_issue", { seerrIssueId, act: false });
        reopened += 1;
      } else if (!issue.filesAtReport && issue.status !== "resolved") {
        await enqueue(db, "complete_issue", { seerrIssueId, act: false });
      }
    }
  }
  await reachMilestone(db, "issues_known", ctx.now());
  const gone = openHere.filter((issue) => !open.has(issue.seerrIssueId));
  for (const { seerrIssueId } of gone) {
    await enqueue(db, "complete_issue", { seerrIssueId, act: false });
  }
  return [
    ...(missed > 0 ? [`${plural(missed, "issue")} no webhook told of`] : []),
    ...(reopened > 0 ? [`${plural(reopened, "issue")} opened again in Seerr`] : []),
    ...(gone.length > 0 ? [`${plural(gone.length, "issue")} closed in Seerr`] : []),
  ];
}

/** Whether what is open in Seerr is of the past: at the first reading ever, and at the first after a restore. */
async function isFirstReading(ctx: ServiceContext): Promise<boolean> {
  const { db } = ctx.database;
  const knownAt = await findMilestone(db, "issues_known");
  const restoredAt = await findMilestone(db, "restored");
  if (!knownAt) return true;
  if (!restoredAt || restoredAt <= knownAt) return false;
  await renewMilestone(db, "issues_known", ctx.now());
  return true;
}

/** An issue from before: it is listed, but nobody is mailed about it and no repair begins by itself. */
async function storeKnownBefore(ctx: ServiceContext, seerrIssueId: number): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    await insertIssue(tx, {
      seerrIssueId,
      type: "other",
      title: `Issue ${seerrIssueId}`,
      status: "reported",
      knownBefore: true,
      reportedAt: now,
      steppedAt: now,
      lastNewsAt: now,
      createdAt: now,
      updatedAt: now,
    });
    await enqueue(tx, "complete_issue", { seerrIssueId, act: false });
  });
}

async function advanceStale(ctx: ServiceContext, config: Config): Promise<string[]> {
  const { db } = ctx.database;
  const now = ctx.now();
  const cutoffs = issueCutoffs(config);
  const counts = new Map<StaleStep["kind"], number>();
  const troubles = new Map<string, number>();
  for (const issue of await listOpenIssues(db)) {
    if (!isStale(issue, cutoffs, now)) continue;
    try {
      const step = await advanceOne(ctx, config, issue, cutoffs);
      if (step) counts.set(step, (counts.get(step) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      troubles.set(error.message, (troubles.get(error.message) ?? 0) + 1);
    }
  }
  const said = (kind: StaleStep["kind"], words: string) => {
    const count = counts.get(kind);
    return count ? [`${plural(count, "issue")} ${words}`] : [];
  };
  return [
    ...said("resolve", "resolved by another file"),
    ...said("fixAgain", "repaired once more"),
    ...said("fixFirst", "repaired at last"),
    ...said("askAdmin", "left to you"),
    ...said("abandon", "abandoned"),
    ...[...troubles].map(([words, count]) => `${plural(count, "issue")} not looked at: ${words}`),
  ];
}

function issueCutoffs({ settings }: Config): IssueCutoffs {
  return {
    fixingMs: settings.ISSUE_FIXING_CUTOFF_HOURS * hour,
    reportedMs: settings.ISSUE_REPORTED_CUTOFF_HOURS * hour,
    abandonMs: settings.ISSUE_ABANDON_DAYS * 24 * hour,
  };
}

type Look = { library: IssueLibrary | null; replacement: Replacement; isDownloading: boolean };

async function advanceOne(
  ctx: ServiceContext,
  config: Config,
  seen: Issue,
  cutoffs: IssueCutoffs,
): Promise<StaleStep["kind"] | null> {
  const { db } = ctx.database;
  const isResting = (await activeMaintenance(db, ctx.now())) !== null;
  if (!isResting && seen.status === "fixing" && (await isAttemptRunning(db, seen.id))) {
    // A job that waits for an instance has its own tries, which end; only a lost one is made anew.
    const fix = { issueId: seen.id, number: seen.attemptCount };
    if (!(await isQueued(db, "fix_issue", fix))) await enqueue(db, "fix_issue", fix);
  }
  const look = await takeLook(config, seen);
  return db.transaction(async (tx) => {
    const now = ctx.now();
    const issue = await lockIssue(tx, seen.id);
    if (!issue || issue.updatedAt.getTime() !== seen.updatedAt.getTime()) return null;
    const step = decideStale(
      { ...issue, isRunning: await isAttemptRunning(tx, issue.id), isResting },
      look,
      config.settings.ISSUE_AUTOFIX_MODE,
      cutoffs,
      now,
    );
    switch (step.kind) {
      case "wait":
        return null;
      case "resolve":
        if (look.library) {
          await settleReplacement(tx, config, issue, look.library, look.replacement, now);
        }
        break;
      case "fixAgain":
        await beginFix(tx, issue, { cause: "again", actor: "BingeAlert" }, now);
        break;
      case "fixFirst":
        await fixByMode(tx, config, issue, now, false);
        break;
      case "askAdmin": {
        const failed = await leaveToAdmin(tx, issue, step.because, now);
        const news = { kind: "needsYou" as const, because: step.because };
        await tellAdminOfIssue(tx, config, failed, news, now);
        break;
      }
      case "abandon": {
        const changes = { status: "abandoned" as const, statusReason: step.because };
        const abandoned = await updateIssue(tx, issue.id, changes, now);
        const entry = {
          at: now,
          kind: "decision" as const,
          code: "issue_abandoned",
          words: "The issue is abandoned",
          reason: sentence(step.because),
          source: "BingeAlert",
          dedupeKey: `abandoned:${issue.reopenCount}:${issue.attemptCount}`,
        };
        await noteIssue(tx, abandoned, [entry], now);
      }
    }
    return step.kind;
  });
}

async function takeLook(config: Config, issue: Issue): Promise<Look> {
  const scope = issueScope(issue);
  const nothing: Look = {
    library: null,
    replacement: { kind: "unchanged" },
    isDownloading: false,
  };
  if (!scope || scope.kind === "allSeasons") return nothing;
  const library = await readIssueLibrary(config, issue, scope);
  if (!library) return nothing;
  const { instance, titleId, episodeIds } = library;
  const queue: QueueItem[] =
    instance.kind === "radarr"
      ? await radarrOf(instance).queueForMovie(titleId)
      : await sonarrOf(instance).queueForSeries(titleId);
  return {
    library,
    replacement: await lookForReplacement(issue, library),
    isDownloading: queue.some(
      (item) => item.episodeId === null || episodeIds.includes(item.episodeId),
    ),
  };
}
