import { decideIssueClass, reportWords } from "@/lib/domain/issue";
import { issueScope } from "@/lib/domain/issue-files";
import type { SeerrIssue } from "@/lib/domain/upstream";
import { AppError, UpstreamError } from "@/lib/errors";
import type { Executor } from "@/lib/store/db";
import { endAttempts } from "@/lib/store/issue-attempts";
import {
  findIssueBySeerrId,
  type Issue,
  insertIssue,
  listRelatedRequests,
  lockIssue,
  lockIssueBySeerrId,
  updateIssue,
} from "@/lib/store/issues";
import { findRequest } from "@/lib/store/requests";
import { upsertUser } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { seerrOf } from "../upstreams";
import { announceIssue, fixByMode, reopenIssue } from "./announce-issue";
import { noteIssue } from "./note-issue";
import { readIssueLibrary } from "./read-issue-library";
import { tellAdminOfIssue } from "./tell-admin-of-issue";

/** How often Seerr is asked before a report is acted upon by its webhook alone: about half a minute. */
const attemptsBeforeWebhook = 4;

/** The title of an issue as Seerr's details have it. */
type TitleFacts = Partial<Pick<Issue, "title" | "year" | "posterPath" | "tvdbId">>;

/**
 * Completes an issue from Seerr's API, which has the last word on what it is about and whether it is open, and reads
 * what the instance holds now. `act`: the report itself came, so its mails and its repair follow.
 */
export async function completeIssue(
  ctx: ServiceContext,
  { seerrIssueId, act }: { seerrIssueId: number; act: boolean },
  attempt: number,
): Promise<void> {
  const { db } = ctx.database;
  const config = await ctx.loadConfig();
  const known = await findIssueBySeerrId(db, seerrIssueId);
  let found: SeerrIssue | null;
  let details: TitleFacts;
  try {
    const seerr = seerrOf(config);
    found = await seerr.issue(seerrIssueId);
    details = found ? await readDetails(config, found, known) : {};
  } catch (error) {
    if (act && known && attempt >= attemptsBeforeWebhook) await actByWebhook(ctx, config, known);
    throw error;
  }
  if (!found) {
    if (known) await db.transaction((tx) => mirrorResolved(tx, known.id, "deleted", ctx.now()));
    return;
  }
  const issue = await db.transaction((tx) =>
    storeSeerrIssue(tx, config, found, details, { seen: known, act }, ctx.now()),
  );
  if (issue) await rememberFiles(ctx, config, issue);
}

/** Without Seerr a report is acted upon when the webhook said clearly what it is about. */
async function actByWebhook(ctx: ServiceContext, config: Config, known: Issue): Promise<void> {
  const scope = issueScope(known);
  if (!scope || scope.kind === "allSeasons") return;
  await ctx.database.db.transaction(async (tx) => {
    const issue = await lockIssue(tx, known.id);
    if (issue) await announceIssue(tx, config, issue, ctx.now());
  });
}

async function readDetails(
  config: Config,
  found: SeerrIssue,
  known: Issue | null,
): Promise<TitleFacts> {
  const isKnown = known?.posterPath && (found.mediaType !== "tv" || (found.tvdbId ?? known.tvdbId));
  if (found.tmdbId === null || isKnown) return {};
  const seerr = seerrOf(config);
  try {
    const details =
      found.mediaType === "tv" ? await seerr.tv(found.tmdbId) : await seerr.movie(found.tmdbId);
    return {
      ...(details.title ? { title: details.title } : {}),
      year: details.year,
      posterPath: details.posterPath,
      ...("tvdbId" in details && details.tvdbId !== null ? { tvdbId: details.tvdbId } : {}),
    };
  } catch (error) {
    // Seerr answers 500 when TMDB is away: the issue counts all the same.
    if (error instanceof UpstreamError && error.kind === "status") return {};
    throw error;
  }
}

/** Stores what Seerr says about an issue and acts upon it. Returns the row while the issue is open. */
async function storeSeerrIssue(
  tx: Executor,
  config: Config,
  found: SeerrIssue,
  details: TitleFacts,
  how: { seen: Issue | null; act: boolean },
  now: Date,
): Promise<Issue | null> {
  const reporter = found.reportedBy
    ? await upsertUser(
        tx,
        {
          seerrUserId: found.reportedBy.seerrUserId,
          displayName: found.reportedBy.displayName,
          email: found.reportedBy.email,
        },
        now,
      )
    : null;
  const current =
    (await lockIssueBySeerrId(tx, found.seerrIssueId)) ?? (await insertFound(tx, found, now));
  const mediaType = found.mediaType ?? current.mediaType;
  const tmdbId = found.tmdbId ?? current.tmdbId;
  const tvdbId = found.tvdbId ?? details.tvdbId ?? current.tvdbId;
  const { season, episode } = found;
  const scope = issueScope({ mediaType, season, episode });
  const requests = scope ? await listRelatedRequests(tx, { mediaType, tmdbId, tvdbId }, scope) : [];
  const reporterId = reporter?.id ?? current.reporterId;
  const message = found.comments[0] || current.message;
  const isFourK = decideIssueClass({
    hasHd: found.hasHd,
    hasFourK: found.hasFourK,
    message,
    askedFourK: requests.filter((r) => r.userId === reporterId).map((r) => r.isFourK),
  });
  const ofClass = requests.filter((r) => r.isFourK === isFourK && r.coversScope);
  const request = ofClass.find((r) => r.userId === reporterId) ?? ofClass[0] ?? null;
  const titled = request ? await findRequest(tx, request.id) : null;
  const issue = await updateIssue(
    tx,
    current.id,
    {
      type: found.type,
      mediaType,
      tmdbId,
      tvdbId: tvdbId ?? titled?.tvdbId ?? null,
      title: details.title ?? titled?.title ?? current.title,
      year: details.year ?? current.year ?? titled?.year ?? null,
      posterPath: details.posterPath ?? current.posterPath ?? titled?.posterPath ?? null,
      season,
      episode,
      message,
      isFourK,
      reporterId,
      reporterName: reporter?.displayName ?? current.reporterName,
      requestId: request?.id ?? null,
      reportedAt: current.readFromSeerrAt
        ? current.reportedAt
        : (found.createdAt ?? current.reportedAt),
      readFromSeerrAt: now,
    },
    now,
  );
  await noteReported(tx, issue, now);
  // What changed here while Seerr was asked is newer than its answer.
  const isCurrent = !how.seen || how.seen.updatedAt.getTime() === current.updatedAt.getTime();
  if (found.status === "resolved") {
    if (isCurrent) await mirrorResolved(tx, issue.id, "resolved", now);
    return null;
  }
  if (issue.status === "resolved") {
    if (!isCurrent || issue.closing === "pending") return null;
    return mirrorReopened(tx, config, issue.id, null, now);
  }
  if (how.act) await announceIssue(tx, config, issue, now);
  return issue;
}

async function insertFound(tx: Executor, found: SeerrIssue, now: Date): Promise<Issue> {
  const at = found.createdAt && found.createdAt < now ? found.createdAt : now;
  const inserted = await insertIssue(tx, {
    seerrIssueId: found.seerrIssueId,
    type: found.type,
    title: `Issue ${found.seerrIssueId}`,
    status: "reported",
    reportedAt: at,
    steppedAt: now,
    lastNewsAt: now,
    createdAt: now,
    updatedAt: now,
  });
  const issue = inserted ?? (await lockIssueBySeerrId(tx, found.seerrIssueId));
  if (!issue) throw new AppError("internal", `Issue ${found.seerrIssueId} cannot be stored`);
  return issue;
}

/** The report as a fact, once it is known which request it belongs to. */
async function noteReported(tx: Executor, issue: Issue, now: Date): Promise<void> {
  const words = reportWords(issue.type, issueScope(issue));
  await noteIssue(
    tx,
    issue,
    [
      {
        at: issue.reportedAt,
        kind: "fact",
        code: "issue_reported",
        words: `${issue.reporterName ?? "Somebody"} reported ${words}`,
        reason: issue.message,
        source: `Seerr issue #${issue.seerrIssueId}`,
        dedupeKey: "reported",
      },
    ],
    now,
  );
}

/** Somebody resolved or deleted it in Seerr: nothing more is tried, and nobody is mailed. */
export async function mirrorResolved(
  tx: Executor,
  issueId: number,
  how: "resolved" | "deleted",
  now: Date,
  eventId: number | null = null,
): Promise<Issue | null> {
  const issue = await lockIssue(tx, issueId);
  if (!issue || issue.status === "resolved") return null;
  await endAttempts(tx, issue.id, { state: "stopped", outcome: `${how} in Seerr`, at: now });
  const resolved = await updateIssue(
    tx,
    issue.id,
    {
      status: "resolved",
      statusReason: null,
      resolvedAt: now,
      resolvedBy: "seerr",
      closing: null,
      announcedAt: issue.announcedAt ?? now,
    },
    now,
  );
  await noteIssue(
    tx,
    resolved,
    [
      {
        at: now,
        kind: "fact",
        code: `issue_${how}_in_seerr`,
        words: `The issue was ${how} in Seerr`,
        reason: "Nothing more is tried",
        source: `Seerr issue #${issue.seerrIssueId}`,
        eventId,
        dedupeKey: `resolved:${issue.reopenCount}`,
      },
    ],
    now,
  );
  return resolved;
}

/** Somebody opened it again in Seerr: by the mode the admin is told and another repair begins. */
export async function mirrorReopened(
  tx: Executor,
  config: Config,
  issueId: number,
  eventId: number | null,
  now: Date,
): Promise<Issue | null> {
  const reopened = await reopenIssue(tx, issueId, now);
  if (!reopened) return null;
  await noteIssue(
    tx,
    reopened,
    [
      {
        at: now,
        kind: "fact",
        code: "issue_reopened",
        words: "The issue was opened again in Seerr",
        source: `Seerr issue #${reopened.seerrIssueId}`,
        eventId,
        dedupeKey: `reopened:${reopened.reopenCount}`,
      },
    ],
    now,
  );
  const mode = config.settings.ISSUE_AUTOFIX_MODE;
  if (mode !== "auto") {
    const news = { kind: "reopened" as const, isFixedByItself: mode === "auto_notify" };
    await tellAdminOfIssue(tx, config, reopened, news, now);
  }
  if (mode !== "manual") await fixByMode(tx, config, reopened, now, mode === "auto_notify");
  return reopened;
}

/** Writes down what is held at the report: what is there later is compared with it. */
async function rememberFiles(ctx: ServiceContext, config: Config, issue: Issue): Promise<void> {
  const scope = issueScope(issue);
  if (!scope || issue.filesAtReport) return;
  const library = await readIssueLibrary(config, issue, scope);
  if (!library) return;
  await ctx.database.db.transaction(async (tx) => {
    const current = await lockIssue(tx, issue.id);
    if (!current || current.filesAtReport || current.reopenCount !== issue.reopenCount) return;
    await updateIssue(tx, issue.id, { filesAtReport: library.files }, ctx.now());
  });
}
