import "server-only";
import { cache } from "react";
import { plural } from "@/lib/domain/views/count-words";
import type { Reader } from "@/lib/domain/views/moment-words";
import { firstName, personView } from "@/lib/domain/views/person";
import { isLeaving, recipientState } from "@/lib/domain/views/recipient-state";
import {
  idleLine,
  settledVerdict,
  toldSoFar,
  type VerdictFacts,
} from "@/lib/domain/views/request-verdict";
import { type LiveBatchFacts, requestWaits } from "@/lib/domain/views/request-waits";
import {
  type EpisodeState,
  type MovieStepView,
  type RecipientView,
  type RequestDetailView,
  type SeasonView,
  seasonsLabel,
} from "@/lib/domain/views/requests";
import type { TimelineFilter, TimelineRowView } from "@/lib/domain/views/timeline";
import { followPage } from "@/lib/services/users/personal-links";
import {
  findRequestDetail,
  listAttachable,
  listTimelinePage,
} from "@/lib/store/views/request-detail";
import { webContext, webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";

type Detail = NonNullable<Awaited<ReturnType<typeof findRequestDetail>>>;
type TimelinePage = Awaited<ReturnType<typeof listTimelinePage>>;

const FIRST_ROWS = 50;
const ALL_ROWS = 1_000;

/** A request with its timeline; null when there is none with this id. */
export const loadRequestDetail = cache(
  async (
    requestId: number,
    show: TimelineFilter,
    personId: number | null,
    all: boolean,
  ): Promise<RequestDetailView | null> => {
    await requireViewer();
    const reader = await currentReader();
    const { db } = webDatabase();
    const [detail, timeline] = await Promise.all([
      findRequestDetail(db, requestId),
      listTimelinePage(
        db,
        requestId,
        { userId: personId, kinds: kindsOf(show) },
        all ? ALL_ROWS : FIRST_ROWS,
      ),
    ]);
    if (!detail) return null;
    const isLive = detail.request.status !== "deleted" && detail.request.status !== "declined";
    const followUrl = isLive ? followPage(await webContext().loadConfig(), requestId) : null;
    return { ...detailView(detail, timeline, reader), followUrl };
  },
);

function kindsOf(show: TimelineFilter) {
  switch (show) {
    case "everything":
      return null;
    case "decisions":
      return ["decision", "wait"] as const;
    case "mails":
      return ["told", "not_told"] as const;
  }
}

function detailView(
  detail: Detail,
  timeline: TimelinePage,
  reader: Reader,
): Omit<RequestDetailView, "followUrl"> {
  const { request, seasons } = detail;
  const facts = verdictFacts(detail, reader);
  const waits = requestWaits(
    {
      mediaType: request.mediaType,
      batches: liveBatches(detail),
      mails: detail.mails
        .filter(({ notification }) => isLeaving(notification.status))
        .map(({ notification, userName }) => ({ ...notification, userName: userName ?? "you" })),
      toldSoFar: toldSoFar(facts),
    },
    reader,
  );
  const asker = detail.requester?.displayName ?? request.requesterName ?? "Somebody";
  return {
    id: request.id,
    seerrRequestId: request.seerrRequestId,
    title: request.title,
    year: request.year,
    mediaType: request.mediaType,
    isFourK: request.isFourK,
    seasonsLabel: seasonsLabel(request.mediaType, seasons, request.coversAllSeasons),
    posterPath: request.posterPath,
    verdict: waits?.verdict ?? settledVerdict(facts, reader),
    askedBy: firstName(asker),
    askedAt: request.requestedAt,
    airNote: airNote(detail, reader),
    seasons: request.mediaType === "tv" ? seasonViews(detail, reader) : [],
    movieSteps: request.mediaType === "movie" ? movieSteps(detail, timeline) : [],
    recipients: recipientViews(detail, reader),
    timeline: {
      next: waits?.next ?? [],
      wait: waits?.wait ?? null,
      idleLine: idleLine(facts, reader),
      past: timeline.rows.map((row) => timelineRow(row, detail)),
      older: timeline.older,
    },
    facts: requestFacts(detail),
  };
}

function liveBatches(detail: Detail): LiveBatchFacts[] {
  const items = new Map(detail.items.map(({ item }) => [item.mediaKey, item]));
  const byBatch = new Map<number, LiveBatchFacts>();
  for (const { batch, item, userName } of detail.live) {
    const facts = byBatch.get(batch.id) ?? {
      status: batch.status === "trailing" ? ("trailing" as const) : ("open" as const),
      userName,
      openedAt: batch.openedAt,
      dueAt: batch.dueAt,
      closesAt: batch.closesAt,
      nextLookAt: batch.nextLookAt,
      pausedUntil: batch.pausedUntil,
      pausedBecause: batch.pausedBecause,
      items: [],
    };
    const held = items.get(item.mediaKey);
    facts.items.push({
      mediaKey: item.mediaKey,
      episode: held?.episode ?? null,
      addedAt: item.addedAt,
      playableAt: held?.playableAt ?? null,
      plexAskCount: held?.plexAskCount ?? 0,
      plexFirstAskedAt: held?.plexFirstAskedAt ?? null,
    });
    byBatch.set(batch.id, facts);
  }
  return [...byBatch.values()];
}

function verdictFacts(detail: Detail, reader: Reader): VerdictFacts {
  const { request, watchers, ledger } = detail;
  const toldIds = new Set(ledger.filter((row) => row.how === "told").map((row) => row.userId));
  const lastToldAt = ledger
    .filter((row) => row.how === "told")
    .reduce<Date | null>((last, row) => (!last || row.at > last ? row.at : last), null);
  const nextAirsAt = detail.items
    .map(({ item }) => item.airsAt)
    .filter((at): at is Date => at !== null && at > reader.now)
    .sort((a, b) => a.getTime() - b.getTime())[0];
  return {
    state: request.state,
    stateUntil: request.stateUntil,
    mediaType: request.mediaType,
    toldNames: watchers
      .filter(({ user }) => toldIds.has(user.id))
      .map(({ user }) => user.displayName),
    names: watchers.map(({ user }) => user.displayName),
    lastToldAt,
    nextAirsAt: nextAirsAt ?? null,
    told: request.toldCount,
    total: request.itemCount,
  };
}

function airNote({ items, request }: Detail, reader: Reader): string | null {
  if (request.mediaType === "movie" || items.length === 0) return null;
  const ahead = items.filter(({ item }) => item.airsAt && item.airsAt > reader.now).length;
  return ahead > 0 ? `${ahead} of ${plural(items.length, "episode")} still to air` : null;
}

function seasonViews(detail: Detail, reader: Reader): SeasonView[] {
  const told = new Map<string, Set<string>>();
  for (const row of detail.ledger) {
    const hows = told.get(row.mediaKey) ?? new Set();
    told.set(row.mediaKey, hows.add(row.how));
  }
  const queued = new Set(
    detail.queued.flatMap(({ episodes }) =>
      episodes.map(({ season, episode }) => `${season} ${episode}`),
    ),
  );
  const bySeason = new Map<number, SeasonView>();
  for (const { item } of detail.items) {
    const season = item.season ?? 0;
    const view = bySeason.get(season) ?? { season, episodes: [] };
    view.episodes.push({
      number: item.episode ?? 0,
      title: item.episodeTitle,
      state: episodeState(
        item,
        told.get(item.mediaKey),
        queued.has(`${season} ${item.episode}`),
        reader,
      ),
      airsAt: item.airsAt,
    });
    bySeason.set(season, view);
  }
  return [...bySeason.values()].sort((a, b) => b.season - a.season);
}

function episodeState(
  item: Detail["items"][number]["item"],
  hows: Set<string> | undefined,
  isQueued: boolean,
  reader: Reader,
): EpisodeState {
  if (hows?.has("told")) return "told";
  if (hows?.has("known_before")) return "before";
  if (item.playableAt) return "plays";
  if (item.importedAt) return "imported";
  if (isQueued) return "downloading";
  return item.airsAt && item.airsAt > reader.now ? "not_aired" : "missing";
}

function movieSteps(detail: Detail, timeline: TimelinePage): MovieStepView[] {
  const item = detail.items[0]?.item ?? null;
  const toldAt = detail.ledger.filter((row) => row.how === "told").at(0)?.at ?? null;
  const grabbedAt = timeline.rows.find(({ entry }) => entry.code === "grabbed")?.entry.at ?? null;
  const steps: [string, Date | null][] = [
    ["Asked", detail.request.requestedAt],
    ["Found", grabbedAt ?? item?.importedAt ?? null],
    ["Imported", item?.importedAt ?? null],
    ["Plays", item?.playableAt ?? toldAt],
    ["Told", toldAt],
  ];
  return steps.map(([word, at]) => ({ word, at, reached: at !== null }));
}

function recipientViews(detail: Detail, reader: Reader): RecipientView[] {
  return detail.watchers.map(({ watcher, user }) => ({
    person: personView(user.id, user.displayName),
    email: user.email,
    how: watcher.source,
    since: watcher.addedAt,
    by: watcher.addedBy,
    toldExisting: watcher.toldExisting,
    state: recipientState(
      {
        request: detail.request,
        user,
        mutedAt: watcher.mutedAt,
        ledger: detail.ledger.filter((row) => row.userId === user.id),
        mail: detail.mails.find((row) => row.notification.userId === user.id)?.notification ?? null,
        batch: detail.live.find((row) => row.batch.userId === user.id)?.batch ?? null,
      },
      reader,
    ),
    canRemove: watcher.source !== "asked",
  }));
}

/** One timeline entry as a row; its cause is the mail or the event behind it. */
export function timelineRow(
  row: TimelinePage["rows"][number],
  detail: Pick<Detail, "watchers"> | null,
): TimelineRowView {
  const { entry } = row;
  const names = Array.isArray(entry.detail?.people) ? (entry.detail.people as unknown[]) : [];
  const people = names
    .filter((name): name is string => typeof name === "string")
    .map((name) => {
      const known = detail?.watchers.find(
        ({ user }) => user.displayName === name || firstName(user.displayName) === name,
      );
      return personView(known?.user.id ?? null, known?.user.displayName ?? name);
    });
  return {
    id: String(entry.id),
    at: entry.at,
    kind: entry.kind,
    code: entry.code,
    words: entry.words,
    reason: entry.reason,
    source: sourceWords(entry.source),
    people: entry.kind === "told" ? people : [],
    href: entry.notificationId
      ? `/notifications?scope=history&id=${entry.notificationId}`
      : entry.eventId
        ? `/inbox/${entry.eventId}`
        : null,
  };
}

/** Our own decisions need no name beside them. */
function sourceWords(source: string): string {
  if (source === "BingeAlert") return "";
  return source === "admin" ? "by you" : source;
}

function requestFacts({ request, items }: Detail): RequestDetailView["facts"] {
  const first = items.find(({ item }) => item.importedAt) ?? items[0];
  const facts: RequestDetailView["facts"] = [
    { term: "Seerr", value: `Request #${request.seerrRequestId}`, mono: false },
  ];
  if (first?.instanceName) facts.push({ term: "Instance", value: first.instanceName, mono: false });
  const ids = [
    request.tvdbId === null ? null : (["TVDB", request.tvdbId] as const),
    request.tmdbId === null ? null : (["TMDB", request.tmdbId] as const),
  ].filter((id) => id !== null);
  if (ids.length > 0) {
    facts.push({
      term: ids.map(([name]) => name).join(", "),
      value: ids.map(([, id]) => id).join(", "),
      mono: true,
    });
  }
  if (first?.item.quality) facts.push({ term: "Quality", value: first.item.quality, mono: false });
  if (first?.item.filePath) facts.push({ term: "File", value: first.item.filePath, mono: true });
  return facts;
}

/** People one may still attach. */
export async function loadAttachable(requestId: number) {
  await requireViewer();
  const rows = await listAttachable(webDatabase().db, requestId, 500);
  return rows.map((row) => ({
    person: personView(row.id, row.name),
    userId: row.id,
    note: !row.isActive ? "Deactivated" : row.email ? row.email : "No mail address in Seerr",
  }));
}
