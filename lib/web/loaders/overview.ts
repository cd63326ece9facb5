import "server-only";
import { kindOfCheck } from "@/lib/domain/health";
import { listWords, plural } from "@/lib/domain/views/count-words";
import { episodeCodes } from "@/lib/domain/views/episode-codes";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import { sourceNames } from "@/lib/domain/views/inbox";
import {
  clockTime,
  dayKey,
  daysAgo,
  type Reader,
  sentenceMoment,
  whenPhrase,
} from "@/lib/domain/views/moment-words";
import type {
  DayOfMailView,
  NeedsYouView,
  OnItsWayView,
  OverviewView,
  ToldTodayView,
} from "@/lib/domain/views/overview";
import { firstName, personView } from "@/lib/domain/views/person";
import { setupGaps } from "@/lib/domain/views/setup-gaps";
import { itemWords } from "@/lib/domain/words";
import { listHealth } from "@/lib/services/health/list-health";
import { readWebhookSecretState } from "@/lib/services/settings/webhook-secret-state";
import { listDown, type ServiceHealth } from "@/lib/store/health";
import { listNeedsYou, summarizeHeld } from "@/lib/store/views/notification-list";
import {
  countMailsByDay,
  findLastWebhook,
  findNewestRun,
  findRequestIdForItem,
  hasAnyRequest,
  listLiveBatches,
  listToldSince,
  listUnseenByPlex,
  medianMinutesToTold,
} from "@/lib/store/views/overview";
import { webContext, webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";
import { serviceStanding } from "./health";
import { recipientName, startOfDay } from "./notification-list";
import { needsYouIssues } from "./overview-issues";

const DAY_MS = 86_400_000;
const CHART_DAYS = 14;

/** What needs attention, what is on its way, what was sent. */
export async function loadOverview(): Promise<OverviewView> {
  await requireViewer();
  const reader = await currentReader();
  const ctx = webContext();
  const { db } = ctx.database;
  const today = startOfDay(reader);
  const chartStart = new Date(today.getTime() - (CHART_DAYS - 1) * DAY_MS);
  const [needs, held, unseen, days, told, median, live, health, last, check, any, config, down] =
    await Promise.all([
      listNeedsYou(db, 200),
      summarizeHeld(db),
      listUnseenByPlex(db, new Date(reader.now.getTime() - 14 * DAY_MS), 20),
      countMailsByDay(db, chartStart, reader.timeZone),
      listToldSince(db, today, 100),
      medianMinutesToTold(db, new Date(reader.now.getTime() - 7 * DAY_MS)),
      listLiveBatches(db, 60),
      listHealth(ctx),
      findLastWebhook(db),
      findNewestRun(db, "reconcile"),
      hasAnyRequest(db),
      ctx.loadConfig(),
      listDown(db),
    ]);
  const dayViews = daysOfMail(days, today, reader);
  const total = (views: DayOfMailView[]) =>
    views.reduce((sum, day) => sum + day.episodes + day.movies + day.waiting + day.other, 0);
  const secretState = await readWebhookSecretState(db, config.settings.WEBHOOK_SECRET, reader.now);
  return {
    needsYou: [
      ...needsYouHealth(down, reader),
      ...needsYouMails(needs, held, reader),
      ...(await needsYouIssues(db, reader)),
      ...(await needsYouItems(unseen, reader)),
    ],
    days: dayViews,
    thisWeek: total(dayViews.slice(-7)),
    lastWeek: total(dayViews.slice(0, 7)),
    medianMinutesToTold: median,
    toldToday: toldToday(told),
    onItsWay: onItsWay(live, reader),
    services: health.services.map(serviceStanding),
    lastWebhook: last ? { at: last.receivedAt, from: sourceNames[last.source] } : null,
    lastCheck:
      check?.finishedAt && check.outcome
        ? {
            runId: check.id,
            at: check.finishedAt,
            words: check.words,
            outcome: check.outcome,
          }
        : null,
    setup: setupGaps({ ...config, isWebhookSecretLost: secretState === "lost" }),
    runningCheck:
      check !== null && check.finishedAt === null
        ? {
            runId: check.id,
            words: check.words ?? "A full check begins",
            done: check.done,
            total: check.total,
          }
        : null,
    knowsNothing: !any && last === null,
  };
}

/** What does not work, in one row when there are several: one cause often takes all of them along. */
function needsYouHealth(down: ServiceHealth[], reader: Reader): NeedsYouView[] {
  const [first, ...more] = down;
  if (!first) return [];
  const named = (row: ServiceHealth) =>
    kindOfCheck(row.key) === "webhooks" ? `${row.name} webhooks` : row.name;
  const since = `Since ${whenPhrase(first.since, reader).replace(/^on /, "")}.`;
  return [
    {
      key: "health",
      tone: "failed",
      icon: "down",
      headline: `${listWords(down.map(named))} ${more.length === 0 ? "does" : "do"} not work`,
      detail:
        more.length === 0
          ? `${fullSentence(first.words)} ${since}`
          : `${since} Health says what to do about each.`,
      action: "Open health",
      href: "/system",
    },
  ];
}

type NeedsRow = Awaited<ReturnType<typeof listNeedsYou>>[number];
type HeldRow = Awaited<ReturnType<typeof summarizeHeld>>;

function needsYouMails(rows: NeedsRow[], held: HeldRow, reader: Reader): NeedsYouView[] {
  const of = (status: string) => rows.filter(({ notification }) => notification.status === status);
  const views: NeedsYouView[] = [];
  if (held) {
    views.push({
      key: "held",
      tone: "held",
      icon: "held",
      headline: `${plural(held.count, "mail is", "mails are")} on hold`,
      detail: held.reason
        ? fullSentence(held.reason)
        : `For ${plural(held.people, "person", "people")}. Look before they go.`,
      action: `Review ${plural(held.count, "mail")}`,
      href: "/notifications/held",
    });
  }
  for (const row of of("unknown").slice(0, 3)) {
    views.push({
      key: `unknown-${row.notification.id}`,
      tone: "unknown",
      icon: "unknown",
      headline: "One mail may or may not have arrived",
      detail: `To ${who(row)}, “${row.notification.title}”. The mail server hung up after taking it.`,
      action: "Decide",
      href: `/notifications?tab=needs_you&id=${row.notification.id}`,
    });
  }
  for (const row of of("failed").slice(0, 3)) {
    const reply = row.notification.smtpReply ?? row.notification.statusReason;
    views.push({
      key: `failed-${row.notification.id}`,
      tone: "failed",
      icon: "failed",
      headline: `The mail to ${who(row)} was refused for good`,
      detail: `“${row.notification.title}”, ${whenPhrase(row.notification.updatedAt, reader)}.${reply ? ` ${reply}` : ""}`,
      action: "See why",
      href: `/notifications?tab=needs_you&id=${row.notification.id}`,
    });
  }
  return views;
}

const who = (row: NeedsRow) =>
  firstName(recipientName({ ...row.notification, userName: row.userName }));

type UnseenRow = Awaited<ReturnType<typeof listUnseenByPlex>>[number];

async function needsYouItems(items: UnseenRow[], reader: Reader): Promise<NeedsYouView[]> {
  const byGroup = new Map<string, UnseenRow[]>();
  for (const item of items)
    byGroup.set(item.groupKey, [...(byGroup.get(item.groupKey) ?? []), item]);
  const { db } = webDatabase();
  return Promise.all(
    [...byGroup.values()].slice(0, 5).map(async (group): Promise<NeedsYouView> => {
      const item = group[0] as UnseenRow;
      const requestId = await findRequestIdForItem(db, item);
      const what = item.kind === "movie" ? "" : ` ${itemWords(group.map((one) => one.mediaKey))}`;
      return {
        key: `unseen-${item.groupKey}`,
        tone: "failed",
        icon: "failed",
        headline: `Plex cannot see “${item.title}”${what}`,
        detail: `Imported ${item.importedAt ? whenPhrase(item.importedAt, reader) : "a while ago"}${item.filePath ? ` into ${folderOf(item.filePath)}` : ""}. Nobody was misled.`,
        action: "See why",
        href: requestId === null ? "/requests?state=needs_you" : `/requests/${requestId}`,
      };
    }),
  );
}

function folderOf(file: string): string {
  const folder = file.replace(/[/\\][^/\\]*$/, "");
  return folder || file;
}

function daysOfMail(
  counts: Awaited<ReturnType<typeof countMailsByDay>>,
  today: Date,
  reader: Reader,
): DayOfMailView[] {
  return Array.from({ length: CHART_DAYS }, (_, index) => {
    // Noon, so that a day of 23 or 25 hours does not slip.
    const at = new Date(today.getTime() - (CHART_DAYS - 1 - index) * DAY_MS + DAY_MS / 2);
    const day = dayKey(at, reader.timeZone);
    const view: DayOfMailView = {
      day,
      label: String(Number(day.slice(8))),
      isToday: daysAgo(at, reader) === 0,
      episodes: 0,
      movies: 0,
      waiting: 0,
      other: 0,
    };
    for (const row of counts.filter((count) => count.day === day))
      view[seriesOf(row.kind)] += row.count;
    return view;
  });
}

function seriesOf(kind: string): "episodes" | "movies" | "waiting" | "other" {
  if (kind === "episodes_available") return "episodes";
  if (kind === "movie_available") return "movies";
  if (kind === "coming_soon" || kind === "quality_waiting") return "waiting";
  return "other";
}

function toldToday(rows: Awaited<ReturnType<typeof listToldSince>>): ToldTodayView[] {
  const groups = new Map<string, ToldTodayView & { people: string[] }>();
  for (const row of rows) {
    if (!row.sentAt) continue;
    const key = row.title;
    const name = firstName(row.userName);
    const group = groups.get(key);
    if (group) {
      if (!group.people.includes(name)) group.people.push(name);
    } else {
      groups.set(key, {
        key,
        title: row.title,
        posterPath: row.posterPath,
        names: "",
        people: [name],
        at: row.sentAt,
        href: row.requestId
          ? `/requests/${row.requestId}`
          : `/notifications?scope=history&id=${row.id}`,
      });
    }
  }
  return [...groups.values()].slice(0, 8).map(({ people, ...view }) => ({
    ...view,
    names: people.length > 2 ? `${people[0]} and ${people.length - 1}` : people.join(", "),
  }));
}

type LiveBatch = Awaited<ReturnType<typeof listLiveBatches>>[number];

function onItsWay(rows: LiveBatch[], reader: Reader): OnItsWayView[] {
  const groups = new Map<string, LiveBatch[]>();
  for (const row of rows) {
    if (row.items.length === 0 || row.batch.heldReason) continue;
    const key = `${row.batch.groupKey} ${row.batch.status}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.entries()].slice(0, 5).map(([key, group]) => onItsWayView(key, group, reader));
}

function onItsWayView(key: string, group: LiveBatch[], reader: Reader): OnItsWayView {
  const first = group[0] as LiveBatch;
  const items = new Map(
    group.flatMap((row) => row.items).map((row) => [row.item.mediaKey, row.item]),
  );
  const unseen = [...items.values()].filter((item) => item.playableAt === null);
  const isMovie = first.batch.groupKey.startsWith("movie:");
  const isAsking = unseen.some((item) => item.plexAskCount > 0);
  const pausedUntil =
    first.batch.pausedUntil && first.batch.pausedUntil > reader.now
      ? first.batch.pausedUntil
      : null;
  const leavesAt = pausedUntil
    ? pausedUntil
    : isMovie || first.batch.status === "trailing"
      ? first.batch.nextLookAt
      : isAsking
        ? first.batch.closesAt
        : first.batch.dueAt;
  const firstItem = first.items[0];
  return {
    key,
    title: first.batch.title,
    posterPath: firstItem?.posterPath ?? null,
    what: isMovie ? "Movie" : episodeCodes([...items.values()]),
    people: group.map((row) => personView(row.batch.userId, row.userName)),
    why: pausedUntil
      ? `Held: ${first.batch.pausedBecause ?? "kept back"}`
      : isMovie
        ? isAsking
          ? "Plex is asked again"
          : `Plex is first asked at ${sentenceMoment(first.batch.nextLookAt, reader)}`
        : isAsking
          ? `Plex does not show ${itemWords(unseen.map((item) => item.mediaKey))} yet`
          : "Closes unless more arrives",
    startedAt:
      isMovie || first.batch.status === "trailing"
        ? new Date(Math.min(leavesAt.getTime() - 60_000, reader.now.getTime()))
        : first.batch.openedAt,
    leavesAt,
    href: firstItem
      ? `/requests/${firstItem.requestId}`
      : `/requests?q=${encodeURIComponent(first.batch.title)}`,
  };
}

/** `20:00` of the last check, or its day. */
export function checkTime(at: Date, reader: Reader): string {
  return daysAgo(at, reader) === 0
    ? `at ${clockTime(at, reader.timeZone)}`
    : whenPhrase(at, reader);
}
