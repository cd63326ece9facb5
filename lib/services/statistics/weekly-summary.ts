import { mailSubject } from "@/lib/domain/mail-words";
import {
  isWeekDue,
  lastFinishedWeek,
  nextWeekEnd,
  type Week,
  weekUntilNow,
} from "@/lib/domain/weekly";
import { isQuietWeek, type WeeklyFacts } from "@/lib/domain/weekly-facts";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { findMilestone } from "@/lib/store/milestones";
import { insertNotification } from "@/lib/store/notifications";
import {
  countIssues,
  countMailsByKind,
  countMailsFailed,
  countMailsPerPart,
  countMailsSent,
  countRequests,
  listMailedPeople,
  listRequestsInNeed,
  listWaitingLongest,
  medianMinutesToTell,
} from "@/lib/store/views/weekly";
import { claimWeek, hasWeeklySummary, setWeekNotification } from "@/lib/store/weekly-summaries";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { mailFrame } from "../mails/build-mail";
import { buildWeekly } from "../mails/build-weekly";
import { adminAddress } from "../mails/mail-addresses";
import type { Progress, Run, RunResult } from "../run-report";

type Span = Pick<Week, "from" | "until">;

const shownPeople = 5;

/** Whether a week is over that no summary was made of. A Sunday without a running BingeAlert is caught up with. */
export async function isWeeklySummaryDue(ctx: ServiceContext, config: Config): Promise<boolean> {
  if (!config.settings.WEEKLY_SUMMARY_ENABLED || adminAddress(config.settings) === null)
    return false;
  const week = finishedWeek(config, ctx.now());
  const { db } = ctx.database;
  return isWeekDue(week, {
    firstSyncAt: await findMilestone(db, "first_sync"),
    isDone: await hasWeeklySummary(db, week.key),
    isEnabled: true,
  });
}

/** When the next summary is made; null when none is. */
export function nextWeeklySummaryAt(config: Config, now: Date): Date | null {
  if (!config.settings.WEEKLY_SUMMARY_ENABLED) return null;
  return nextWeekEnd(now, zoneOf(config), config.settings.WEEKLY_SUMMARY_TIME);
}

/**
 * Sums up the week that is over, once, however many workers try. Asked for by hand it sums up the last seven days and
 * leaves the Sunday's summary alone.
 */
export async function sendWeeklySummary(
  ctx: ServiceContext,
  report: Progress,
  run: Run,
): Promise<RunResult> {
  const config = await ctx.loadConfig();
  const toAddress = adminAddress(config.settings);
  if (toAddress === null) {
    return { words: "No address of the admin is set", failures: [] };
  }
  const isByHand = run.trigger === "admin";
  const now = ctx.now();
  if (!isByHand && !(await isWeeklySummaryDue(ctx, config))) {
    return { words: "The week was summed up before", failures: [] };
  }
  await report({ done: 0, words: "Counting what happened" });
  const week = finishedWeek(config, now);
  const span = isByHand ? weekUntilNow(now) : week;
  const facts = await gatherWeek(ctx.database.db, config, span);
  const isQuiet = !isByHand && !config.settings.WEEKLY_SUMMARY_WHEN_QUIET && isQuietWeek(facts);
  const done = await ctx.database.db.transaction(async (tx) => {
    if (!isByHand) {
      const outcome = isQuiet ? ("quiet" as const) : ("mailed" as const);
      const { key, from, until } = week;
      if (!(await claimWeek(tx, { week: key, from, until, outcome, at: now }))) return false;
    }
    if (isQuiet) return true;
    const id = await planSummary(tx, config, toAddress, facts, now);
    if (!isByHand) await setWeekNotification(tx, week.key, id);
    return true;
  });
  if (!done) return { words: "The week was summed up before", failures: [] };
  return {
    words: isQuiet ? "Nothing happened, so no mail" : `Summed up: ${facts.mails.total} mails`,
    failures: [],
  };
}

async function planSummary(
  tx: Executor,
  config: Config,
  toAddress: string,
  facts: WeeklyFacts,
  now: Date,
): Promise<number> {
  const notification = await insertNotification(
    tx,
    {
      audience: "admin",
      toAddress,
      kind: "weekly_summary",
      title: "Weekly summary",
      subject: mailSubject(buildWeekly(config, mailFrame(config, null, now), facts)),
      facts,
      status: "scheduled",
      dueAt: now,
      createdAt: now,
      updatedAt: now,
    },
    [],
  );
  await enqueue(tx, "deliver_notification", { notificationId: notification.id });
  await announceChange(tx, "notifications");
  return notification.id;
}

async function gatherWeek(db: Executor, config: Config, span: Span): Promise<WeeklyFacts> {
  const weekBefore = {
    from: new Date(span.from.getTime() - (span.until.getTime() - span.from.getTime())),
    until: span.from,
  };
  const firstSyncAt = await findMilestone(db, "first_sync");
  const ranBefore = firstSyncAt !== null && firstSyncAt <= weekBefore.from;
  const [
    total,
    before,
    perDay,
    byKind,
    failed,
    people,
    requests,
    minutesToTold,
    inNeed,
    waiting,
    issues,
  ] = await Promise.all([
    countMailsSent(db, span),
    ranBefore ? countMailsSent(db, weekBefore) : null,
    countMailsPerPart(db, span),
    countMailsByKind(db, span),
    countMailsFailed(db, span),
    listMailedPeople(db, span),
    countRequests(db, span),
    medianMinutesToTell(db, span),
    listRequestsInNeed(db, 50),
    listWaitingLongest(db, 5),
    countIssues(db, span),
  ]);
  const others = people.slice(shownPeople);
  return {
    ...span,
    timeZone: zoneOf(config),
    mails: { total, before, perDay, byKind, failed },
    people: people.slice(0, shownPeople),
    others: {
      people: others.length,
      mails: others.reduce((sum, { count }) => sum + count, 0),
    },
    requests: { made: requests.made, fulfilled: requests.fulfilled },
    minutesToWatchable: requests.minutesToWatchable,
    minutesToTold,
    issues,
    needs: inNeed.map(({ id, title, state, since }) => ({
      title,
      state,
      since,
      path: `/requests/${id}`,
    })),
    waiting: waiting.map(({ title, state, since }) => ({ title, state, since })),
  };
}

const zoneOf = (config: Config) =>
  config.settings.WEEKLY_SUMMARY_ZONE === "server" ? config.timeZone : "UTC";

const finishedWeek = (config: Config, now: Date) =>
  lastFinishedWeek(now, zoneOf(config), config.settings.WEEKLY_SUMMARY_TIME);
