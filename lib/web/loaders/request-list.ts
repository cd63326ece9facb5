import "server-only";
import { cache } from "react";
import type { Reader } from "@/lib/domain/views/moment-words";
import { personView } from "@/lib/domain/views/person";
import { requestStateView, stateChoices } from "@/lib/domain/views/request-state-words";
import {
  type RequestListView,
  type RequestRowView,
  seasonsLabel,
} from "@/lib/domain/views/requests";
import { encodePlace, keysetWindow } from "@/lib/store/views/keyset";
import { listPeople, listPeopleInSeerr } from "@/lib/store/views/people";
import {
  countRequests,
  listRequestPage,
  type RequestFilter,
  type RequestListRow,
  type RequestSort,
  requestConditions,
} from "@/lib/store/views/request-list";
import { webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";

export type RequestListQuery = {
  q?: string | undefined;
  state?: string | undefined;
  person?: string | undefined;
  type?: string | undefined;
  quality?: string | undefined;
  asked?: string | undefined;
  sort?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
};

export const REQUEST_PAGE_SIZE = 50;

/** One page of requests with their counts. */
export async function loadRequestList(query: RequestListQuery): Promise<RequestListView> {
  await requireViewer();
  const reader = await currentReader();
  const { db } = webDatabase();
  const filtered = await requestConditions(db, requestFilter(query, reader));
  const sort = requestSort(query.sort);
  const window = keysetWindow(query.after, query.before, sort.by === "title" ? "text" : "moment");
  const everything = { where: [], isFiltered: false };
  const [page, total, matching] = await Promise.all([
    listRequestPage(db, filtered, sort, window, REQUEST_PAGE_SIZE),
    countRequests(db, everything),
    filtered.isFiltered ? countRequests(db, filtered) : null,
  ]);
  return {
    rows: page.rows.map((row) => rowView(row, reader)),
    total,
    matching: matching ?? total,
    sort,
    newer: page.newer ? encodePlace(page.newer) : null,
    older: page.older ? encodePlace(page.older) : null,
  };
}

function requestFilter(query: RequestListQuery, reader: Reader): RequestFilter {
  const days = Number(query.asked);
  const person = Number(query.person);
  return {
    text: query.q?.trim().slice(0, 200) || null,
    states: stateChoices.find((choice) => choice.value === query.state)?.states ?? null,
    userId: Number.isInteger(person) && person > 0 ? person : null,
    mediaType: query.type === "movie" || query.type === "tv" ? query.type : null,
    isFourK: query.quality === "4k" ? true : query.quality === "hd" ? false : null,
    askedSince:
      days > 0 && days < 10_000 ? new Date(reader.now.getTime() - days * 86_400_000) : null,
  };
}

/** The order an address asks for: `title`, `-asked`, …; a minus sign means falling. */
function requestSort(text: string | undefined): RequestSort {
  const by = text?.replace(/^-/, "");
  if (by !== "title" && by !== "asked" && by !== "news") return { by: "news", direction: "desc" };
  return { by, direction: text?.startsWith("-") ? "desc" : "asc" };
}

function rowView(row: RequestListRow, reader: Reader): RequestRowView {
  const people = row.people.map((person) => personView(person.userId, person.name));
  return {
    id: row.id,
    title: row.title,
    year: row.year,
    mediaType: row.mediaType,
    isFourK: row.isFourK,
    seasonsLabel: seasonsLabel(row.mediaType, row.seasons, row.coversAllSeasons),
    posterPath: row.posterPath,
    people:
      people.length > 0 || !row.requesterName ? people : [personView(null, row.requesterName)],
    peopleCount: Math.max(row.peopleCount, row.requesterName && people.length === 0 ? 1 : 0),
    state: requestStateView(row, reader),
    told: { done: row.toldCount, total: Math.max(row.itemCount, row.toldCount) },
    requestedAt: row.requestedAt,
    lastNewsAt: row.lastNewsAt,
  };
}

/** People one may filter by, the most attached first. */
export const loadFilterPeople = cache(async () => {
  await requireViewer();
  return listPeople(webDatabase().db, 100);
});

/** People a title can be asked for in Seerr, by name. */
export async function loadPeopleToAskFor() {
  await requireViewer();
  return listPeopleInSeerr(webDatabase().db, 2000);
}
