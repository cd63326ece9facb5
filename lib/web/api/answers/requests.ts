import "server-only";
import type { z } from "zod";
import type { RequestState } from "@/lib/domain/request-state";
import { AppError } from "@/lib/errors";
import { attachWatcher, attachWatchers } from "@/lib/services/requests/attach-watcher";
import { checkRequestNow } from "@/lib/services/requests/check-request-now";
import { detachWatcher } from "@/lib/services/requests/detach-watcher";
import {
  readTitleToAsk,
  requestOnBehalf,
  searchTitles,
} from "@/lib/services/requests/request-on-behalf";
import { findRequest } from "@/lib/store/requests";
import {
  type AttachedPerson,
  findRequestSummary,
  listAttached,
  listRequestSummaries,
  type RequestSummaryRow,
} from "@/lib/store/views/api-requests";
import { encodePlace } from "@/lib/store/views/keyset";
import { findRequestDetail, listTimelinePage } from "@/lib/store/views/request-detail";
import { watchersDeed } from "../../deeds";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import {
  deleteWatcher,
  getRequest,
  getRequests,
  getSearch,
  getTimeline,
  getTitle,
  postCheck,
  postRequest,
  postWatcher,
  postWatchers,
} from "../contracts/requests";
import { iso } from "../moments";

const noRequest = () => new AppError("not_found", "There is no such request");

export const requestList = apiRoute(getRequests, async ({ query }) => {
  const { rows, next } = await listRequestSummaries(
    webContext().database.db,
    {
      text: query.q || null,
      states: query.state ?? null,
      userId: query.person ?? null,
      mediaType: query.type ?? null,
      isFourK: query.quality === undefined ? null : query.quality === "4k",
      sort: query.sort,
    },
    query.after ?? null,
    query.limit,
  );
  return { rows: rows.map(summary), next: next && encodePlace(next) };
});

export const requestDetail = apiRoute(getRequest, async ({ params }) => {
  const { db } = webContext().database;
  const [row, detail] = await Promise.all([
    findRequestSummary(db, params.id),
    findRequestDetail(db, params.id),
  ]);
  if (!row || !detail) throw noRequest();
  return {
    ...summary(row),
    overview: row.request.overview,
    knownBefore: row.request.knownBefore,
    watchers: detail.watchers.map(watcherOf),
    items: detail.items.map(({ item, instanceName }) => ({
      mediaKey: item.mediaKey,
      season: item.season,
      episode: item.episode,
      title: item.episodeTitle,
      instance: instanceName ?? item.instanceKey,
      quality: item.quality,
      importedAt: iso(item.importedAt),
      playableAt: iso(item.playableAt),
      told: detail.ledger
        .filter((entry) => entry.mediaKey === item.mediaKey)
        .map(({ userId, how, at, notificationId }) => ({
          userId,
          how,
          at: iso(at),
          notificationId,
        })),
    })),
    waiting: detail.live.map(({ item, batch }) => ({
      userId: item.userId,
      mediaKey: item.mediaKey,
      dueAt: iso(batch.dueAt),
      closesAt: iso(batch.closesAt),
    })),
    notifications: detail.mails.map(({ notification }) => ({
      id: notification.id,
      userId: notification.userId,
      kind: notification.kind,
      subject: notification.subject,
      status: notification.status,
      dueAt: iso(notification.dueAt),
      sentAt: iso(notification.sentAt),
    })),
  };
});

export const requestTimeline = apiRoute(getTimeline, async ({ params, query }) => {
  const { db } = webContext().database;
  const [request, page] = await Promise.all([
    findRequest(db, params.id),
    listTimelinePage(
      db,
      params.id,
      { userId: query.person ?? null, kinds: query.kind ?? null, after: query.after ?? null },
      query.limit,
    ),
  ]);
  if (!request) throw noRequest();
  return {
    rows: page.rows.map(({ entry, userName }) => ({
      id: entry.id,
      at: iso(entry.at),
      kind: entry.kind,
      code: entry.code,
      words: entry.words,
      reason: entry.reason,
      source: entry.source,
      person: entry.userId === null ? null : { userId: entry.userId, name: userName ?? "" },
      mediaKey: entry.mediaKey,
      eventId: entry.eventId,
      notificationId: entry.notificationId,
    })),
    older: page.older,
    next: page.next && encodePlace(page.next),
  };
});

export const requestCheck = apiRoute(postCheck, async ({ params, actor, note }) => {
  note({ subject: `request ${params.id}`, after: { requestId: params.id } });
  const { serverName } = await checkRequestNow(webContext(), params.id, actor);
  return { asked: serverName };
});

export const watcherAttachment = apiRoute(postWatcher, async ({ params, body, actor, note }) => {
  const ctx = webContext();
  const { userId, tellExisting } = body;
  note(await watchersDeed(params.id, { attached: [userId], includeExisting: tellExisting }));
  await attachWatcher(ctx, { requestId: params.id, userId, tellExisting, actor });
  const attached = await listAttached(ctx.database.db, params.id);
  const added = attached.find(({ user }) => user.id === userId);
  if (!added) throw new AppError("conflict", "They were detached again at the same moment");
  return watcherOf(added);
});

export const watchersAttachment = apiRoute(
  postWatchers,
  async ({ params, body: { userIds, tellExisting }, actor, note }) => {
    note(await watchersDeed(params.id, { attached: userIds, includeExisting: tellExisting }));
    const requestId = params.id;
    return attachWatchers(webContext(), { requestId, userIds, tellExisting, actor });
  },
);

export const watcherDetachment = apiRoute(deleteWatcher, async ({ params, actor, note }) => {
  note(await watchersDeed(params.id, { detached: params.userId }));
  await detachWatcher(webContext(), { requestId: params.id, userId: params.userId, actor });
  return null;
});

export const titleSearch = apiRoute(getSearch, async ({ query }) => ({
  rows: await searchTitles(webContext(), query.q),
}));

export const titleDetail = apiRoute(getTitle, ({ params }) =>
  readTitleToAsk(webContext(), params.mediaType, params.tmdbId),
);

export const requestCreation = apiRoute(postRequest, async ({ body, actor, note }) => {
  const ctx = webContext();
  const { is4k, ...asked } = body;
  const id = await requestOnBehalf(ctx, { ...asked, isFourK: is4k, actor });
  note({ subject: `request ${id}`, after: { requestId: id, ...body } });
  const row = await findRequestSummary(ctx.database.db, id);
  if (!row) throw noRequest();
  return summary(row);
});

function watcherOf({ watcher, user }: AttachedPerson): z.input<typeof postWatcher.response> {
  return {
    userId: user.id,
    name: user.displayName,
    email: user.email,
    isActive: user.isActive,
    source: watcher.source,
    addedBy: watcher.addedBy,
    toldExisting: watcher.toldExisting,
    addedAt: iso(watcher.addedAt),
    mutedAt: iso(watcher.mutedAt),
  };
}

function summary({
  request,
  requester,
  seasons,
  watcherCount,
}: RequestSummaryRow): z.input<typeof getRequests.response>["rows"][number] {
  return {
    id: request.id,
    seerrRequestId: request.seerrRequestId,
    mediaType: request.mediaType,
    title: request.title,
    year: request.year,
    tmdbId: request.tmdbId,
    tvdbId: request.tvdbId,
    is4k: request.isFourK,
    seasons,
    coversAllSeasons: request.coversAllSeasons,
    status: request.status,
    // Written by `refresh-request-state` alone, from this very list.
    state: request.state as RequestState,
    stateUntil: iso(request.stateUntil),
    requestedBy: requester === null ? null : { userId: request.userId, name: requester },
    watcherCount,
    toldCount: request.toldCount,
    itemCount: request.itemCount,
    posterPath: request.posterPath,
    requestedAt: iso(request.requestedAt),
    lastNewsAt: iso(request.lastNewsAt),
  };
}
