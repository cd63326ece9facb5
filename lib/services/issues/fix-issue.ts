import { type IssueScope, issueScope, scopeWords } from "@/lib/domain/issue-files";
import { findOwnCommand, type GrabToMark, isMarkedFailed } from "@/lib/domain/issue-fix";
import { sentence } from "@/lib/domain/words";
import { UpstreamError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import {
  findAttempt,
  type IssueAttempt,
  listAttempts,
  updateAttempt,
} from "@/lib/store/issue-attempts";
import { findIssue, type Issue, lockIssue, updateIssue } from "@/lib/store/issues";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { settleReplacement } from "./check-issue";
import { noteIssue } from "./note-issue";
import { historyOf, planFix, releaseName, withoutGrabWords } from "./plan-fix";
import { repairOf } from "./read-issue-library";
import { leaveToAdmin } from "./resolve-issue";
import { tellAdminOfIssue } from "./tell-admin-of-issue";

/** A repair under way: what it is about, and what was decided to be done. */
type Repair = { issue: Issue; scope: IssueScope; attempt: IssueAttempt; config: Config };

/**
 * Carries out one repair: marks the grabs of the reported files as failed, then searches again. Each step is written
 * down before and after it is taken, outside any transaction: after a crash, or while an instance is away, the job goes
 * on where it stopped and does nothing twice.
 */
export async function fixIssue(
  ctx: ServiceContext,
  { issueId, number }: { issueId: number; number: number },
): Promise<void> {
  const { db } = ctx.database;
  const [issue, attempt] = [await findIssue(db, issueId), await findAttempt(db, issueId, number)];
  const scope = issue && issueScope(issue);
  if (!issue || !scope || !attempt || issue.status !== "fixing") return;
  if (attempt.state !== "begun" && attempt.state !== "searching") return;
  const config = await ctx.loadConfig();
  const planned = await plan(ctx, { issue, scope, attempt, config });
  if (!planned) return;
  const marked = await markGrabs(ctx, planned);
  await search(ctx, marked);
}

/** Records why a repair does not get on; `isLast` says that nobody tries again. */
export async function noteFixTrouble(
  ctx: ServiceContext,
  { issueId, number }: { issueId: number; number: number },
  words: string,
  isLast: boolean,
): Promise<void> {
  const config = await ctx.loadConfig();
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    const issue = await lockIssue(tx, issueId);
    if (issue?.status !== "fixing" || issue.attemptCount !== number) return;
    if (isLast) {
      const failed = await leaveToAdmin(tx, issue, words, now);
      await tellAdminOfIssue(tx, config, failed, { kind: "needsYou", because: words }, now);
      return;
    }
    const trouble = {
      at: now,
      kind: "trouble" as const,
      code: "issue_fix_waits",
      words: "The repair waits",
      reason: sentence(`${words}. It is tried again`),
      source: "BingeAlert",
      dedupeKey: `waits:${number}:${words}`,
    };
    await noteIssue(tx, issue, [trouble], now);
  });
}

/** Decides what is to be done, once, and writes it down. Null when there is nothing to do. */
async function plan(ctx: ServiceContext, repair: Repair): Promise<Repair | null> {
  const { issue, scope, attempt, config } = repair;
  if (attempt.searchBody) return resume(repair);
  const found = await planFix(config, issue, scope);
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const current = await lockIssue(tx, issue.id);
    if (current?.status !== "fixing" || current.attemptCount !== attempt.number) {
      return null;
    }
    switch (found.kind) {
      case "impossible": {
        const failed = await leaveToAdmin(tx, current, found.because, now);
        const news = { kind: "needsYou" as const, because: found.because };
        await tellAdminOfIssue(tx, config, failed, news, now);
        return null;
      }
      case "replaced":
        await settleReplacement(tx, config, current, found.library, found.replacement, now);
        return null;
      case "fix": {
        const { instance, files } = found.library;
        const changes = {
          instanceKey: instance.key,
          instanceName: instance.name,
          filesBefore: files,
          grabs: found.grabs,
          searchBody: { ...found.search, titleId: found.library.titleId },
        };
        await updateAttempt(tx, attempt.id, changes);
        if (!current.filesAtReport) {
          await updateIssue(tx, current.id, { filesAtReport: files }, now);
        }
        if (found.withoutGrab > 0) {
          await noteIssue(
            tx,
            current,
            [
              {
                at: now,
                kind: "fact",
                code: "issue_without_grab",
                words: "Nothing is put on the blocklist",
                reason: withoutGrabWords(found.withoutGrab, instance.name),
                source: instance.name,
                dedupeKey: `without_grab:${attempt.number}`,
              },
            ],
            now,
          );
        }
        return { ...repair, issue: current, attempt: { ...attempt, ...changes } };
      }
    }
  });
}

/** Goes on with a repair that was interrupted: what its instance did before the answer was lost is not done again. */
async function resume(repair: Repair): Promise<Repair> {
  const { attempt, scope } = repair;
  const grabs = attempt.grabs ?? [];
  if (grabs.every((grab) => grab.isMarked)) return repair;
  const titleId = Number(attempt.searchBody?.titleId);
  const history = await repairOf(instanceOf(repair)).history(historyOf(scope, { titleId }));
  return {
    ...repair,
    attempt: {
      ...attempt,
      grabs: grabs.map((grab) => ({
        ...grab,
        isMarked: grab.isMarked || isMarkedFailed(grab.historyId, history),
      })),
    },
  };
}

async function markGrabs(ctx: ServiceContext, repair: Repair): Promise<Repair> {
  const { attempt, issue } = repair;
  const instance = instanceOf(repair);
  let grabs: GrabToMark[] = attempt.grabs ?? [];
  for (const { historyId, isMarked } of grabs) {
    const isThere = isMarked || (await repairOf(instance).failGrab(historyId));
    grabs = grabs.map((g) => (g.historyId === historyId ? { ...g, isMarked: isThere } : g));
    await updateAttempt(ctx.database.db, attempt.id, { grabs });
  }
  const marked = grabs.filter((grab) => grab.isMarked);
  if (marked.length > 0) {
    const now = ctx.now();
    await ctx.database.db.transaction((tx) =>
      noteIssue(
        tx,
        issue,
        marked.map((grab) => ({
          at: now,
          kind: "fact" as const,
          code: "issue_release_blocked",
          words: `Put ${releaseName(grab)} on the blocklist`,
          reason: "It is not taken again. Its file stays until another one is imported",
          source: instance.name,
          dedupeKey: `blocked:${grab.historyId}`,
        })),
        now,
      ),
    );
  }
  return { ...repair, attempt: { ...attempt, grabs } };
}

async function search(ctx: ServiceContext, repair: Repair): Promise<void> {
  const { attempt, issue, scope } = repair;
  const { db } = ctx.database;
  const instance = instanceOf(repair);
  const { titleId: _, ...body } = attempt.searchBody ?? {};
  const command = { ...body, name: String(body.name) };
  const earlier = attempt.state === "searching" ? await askedBefore(repair, command, ctx) : null;
  await updateAttempt(db, attempt.id, { state: "searching" });
  const commandId = earlier ?? (await repairOf(instance).search(command)).commandId;
  const now = ctx.now();
  await db.transaction(async (tx) => {
    await updateAttempt(tx, attempt.id, {
      state: "searched",
      commandId,
      searchedAt: now,
      outcome: `${instance.name} was asked to search`,
    });
    // The cutoff after which the next repair begins counts from the search.
    await updateIssue(tx, issue.id, { steppedAt: now }, now);
    await noteIssue(
      tx,
      issue,
      [
        {
          at: now,
          kind: "wait",
          code: "issue_searched",
          words: `${instance.name} searches for another file of ${scopeWords(scope)}`,
          reason: "The issue is resolved when another file is imported, not before",
          source: instance.name,
          dedupeKey: `searched:${attempt.number}`,
        },
      ],
      now,
    );
    await announceChange(tx, "issues");
  });
}

/** The search of this repair, if it reached the instance and only the answer was lost. */
async function askedBefore(
  repair: Repair,
  command: { name: string } & Record<string, unknown>,
  ctx: ServiceContext,
): Promise<number | null> {
  const attempts = await listAttempts(ctx.database.db, [repair.issue.id]);
  try {
    const listed = await repairOf(instanceOf(repair)).commands();
    const known = attempts.map((attempt) => attempt.commandId);
    return findOwnCommand(command, listed, known);
  } catch (error) {
    // A service that does not list its commands cannot say: a second search does no harm.
    if (error instanceof UpstreamError && (error.status === 404 || error.status === 405)) {
      return null;
    }
    throw error;
  }
}

function instanceOf({ config, attempt }: Repair) {
  const instance = config.instances.find((one) => one.key === attempt.instanceKey);
  if (instance) return instance;
  throw new UpstreamError({
    service: attempt.instanceKey ?? "sonarr",
    kind: "refused",
    message: `${attempt.instanceName ?? "The server"} is not configured any more`,
  });
}
