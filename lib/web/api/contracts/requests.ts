import { z } from "zod";
import { requestStates } from "@/lib/domain/request-state";
import { endpoint } from "../endpoint";
import {
  idInAddress,
  idInBody,
  limit,
  moment,
  pageOf,
  placeCursor,
  searchText,
  wordList,
} from "../fields";
import { notificationStatus } from "./notifications";
import { personRef } from "./people";

const summaryFields = {
  id: z.number().int(),
  seerrRequestId: z.number().int(),
  mediaType: z.enum(["movie", "tv"]),
  title: z.string(),
  year: z.number().int().nullable(),
  tmdbId: z.number().int().nullable(),
  tvdbId: z.number().int().nullable(),
  is4k: z.boolean(),
  seasons: z.array(z.number().int()).meta({ description: "Of a show; 0 holds the specials" }),
  coversAllSeasons: z.boolean(),
  status: z
    .enum(["pending", "approved", "declined", "failed", "completed", "deleted"])
    .meta({ description: "What Seerr says" }),
  state: z.enum(requestStates).meta({ description: "The verdict in one word" }),
  stateUntil: moment.nullable().meta({ description: "Until when it waits, if it waits" }),
  requestedBy: personRef.nullable(),
  watcherCount: z
    .number()
    .int()
    .meta({ description: "Everybody attached, the requester included" }),
  toldCount: z.number().int(),
  itemCount: z.number().int(),
  posterPath: z.string().nullable(),
  requestedAt: moment,
  lastNewsAt: moment,
};

const requestSummary = z.strictObject(summaryFields).meta({ id: "RequestSummary" });

const watcher = z
  .strictObject({
    userId: z.number().int(),
    name: z.string(),
    email: z.string().nullable(),
    isActive: z.boolean(),
    addedBy: z
      .string()
      .nullable()
      .meta({ description: "Who attached them; null when they asked in Seerr" }),
    toldExisting: z
      .boolean()
      .meta({ description: "They were also to be told of what was there already" }),
    source: z
      .enum(["asked", "admin", "link"])
      .meta({ description: "Asked in Seerr, attached by the admin, or followed by a link" }),
    addedAt: moment,
    mutedAt: moment.nullable(),
  })
  .meta({ id: "Watcher" });

const requestItem = z
  .strictObject({
    mediaKey: z.string().meta({ examples: ["episode:tvdb:121361:s03e09"] }),
    season: z.number().int().nullable(),
    episode: z.number().int().nullable(),
    title: z.string().nullable(),
    instance: z.string().nullable().meta({ description: "The Sonarr or Radarr that holds it" }),
    quality: z.string().nullable(),
    importedAt: moment.nullable(),
    playableAt: moment.nullable().meta({ description: "When Plex last confirmed that it plays" }),
    told: z.array(
      z.strictObject({
        userId: z.number().int(),
        how: z.enum(["told", "known_before", "not_wanted"]),
        at: moment,
        notificationId: z.number().int().nullable(),
      }),
    ),
  })
  .meta({ id: "RequestItem" });

const requestDetail = z
  .strictObject({
    ...summaryFields,
    overview: z.string().nullable(),
    knownBefore: z.boolean().meta({ description: "It was there at the first sync" }),
    watchers: z.array(watcher),
    items: z
      .array(requestItem)
      .meta({ description: "What the request covers and an instance holds" }),
    waiting: z
      .array(
        z.strictObject({
          userId: z.number().int(),
          mediaKey: z.string(),
          dueAt: moment,
          closesAt: moment,
        }),
      )
      .meta({ description: "What is being gathered for a mail" }),
    notifications: z.array(
      z.strictObject({
        id: z.number().int(),
        userId: z.number().int().nullable(),
        kind: z.string(),
        subject: z.string(),
        status: notificationStatus,
        dueAt: moment,
        sentAt: moment.nullable(),
      }),
    ),
  })
  .meta({ id: "Request" });

const timelineEntry = z
  .strictObject({
    id: z.number().int(),
    at: moment,
    kind: z.enum(["fact", "decision", "wait", "told", "not_told", "trouble"]),
    code: z.string().meta({ description: "What happened, for programs" }),
    words: z.string(),
    reason: z.string().nullable(),
    source: z.string().meta({ description: "Who says so" }),
    person: personRef
      .nullable()
      .meta({ description: "Whom it is about, if it is about one person" }),
    mediaKey: z.string().nullable(),
    eventId: z.number().int().nullable(),
    notificationId: z.number().int().nullable(),
  })
  .meta({ id: "TimelineEntry" });

const requestParams = z.strictObject({ id: idInAddress("request") });
const noRequest = "There is no such request";

export const getRequests = endpoint({
  method: "get",
  path: "/requests",
  tag: "Requests",
  summary: "List requests",
  query: z.strictObject({
    q: searchText.optional().meta({
      description: "Part of a title or of a person's name, or a number: Seerr, TMDB, TVDB",
    }),
    state: wordList(requestStates, "State").optional(),
    person: idInAddress("person attached").optional(),
    type: z.enum(["movie", "tv"]).optional(),
    quality: z.enum(["hd", "4k"]).optional(),
    sort: z
      .enum(["news", "asked"])
      .default("news")
      .meta({ description: "By last news or by when it was asked for, newest first" }),
    after: placeCursor.optional(),
    limit,
  }),
  response: pageOf(requestSummary),
});

export const getRequest = endpoint({
  method: "get",
  path: "/requests/{id}",
  tag: "Requests",
  summary: "One request with its watchers, items and mails",
  params: requestParams,
  response: requestDetail,
  refusals: { 404: noRequest },
});

export const getTimeline = endpoint({
  method: "get",
  path: "/requests/{id}/timeline",
  tag: "Requests",
  summary: "What happened to a request and why, newest first",
  params: requestParams,
  query: z.strictObject({
    person: idInAddress("person: what concerns others only is left out").optional(),
    kind: wordList(["decision", "wait", "told", "not_told"], "Kind").optional(),
    limit: z
      .string()
      .regex(/^\d{1,4}$/, "is not a whole number")
      .transform(Number)
      .pipe(z.number().min(1, "is below 1").max(1000, "is above 1000"))
      .default(200)
      .meta({
        type: "integer",
        minimum: 1,
        maximum: 1000,
        default: 200,
        description: "Entries per page",
      }),
    after: placeCursor.optional(),
  }),
  response: pageOf(timelineEntry).extend({
    older: z.number().int().meta({ description: "How many older entries there are" }),
  }),
  refusals: { 404: noRequest },
});

export const postCheck = endpoint({
  method: "post",
  path: "/requests/{id}/check",
  tag: "Requests",
  summary: "Look now at what is there for a request",
  description: "It is queued. Whatever is news is told as usual, when Plex plays it.",
  params: requestParams,
  response: z.strictObject({ asked: z.enum(["Sonarr", "Radarr"]) }),
  status: 202,
  refusals: { 404: noRequest, 409: "Seerr has not approved it, or no server serves it" },
});

export const postWatcher = endpoint({
  method: "post",
  path: "/requests/{id}/watchers",
  tag: "Requests",
  summary: "Attach a person to a request",
  description: "They get everything that follows, and on `tellExisting` what is there already.",
  params: requestParams,
  body: z.strictObject({ userId: idInBody, tellExisting: z.boolean().default(false) }),
  response: watcher,
  status: 201,
  refusals: { 404: "There is no such request or person", 409: "They are attached already" },
});

export const postWatchers = endpoint({
  method: "post",
  path: "/requests/{id}/watchers/several",
  tag: "Requests",
  summary: "Attach several people to a request",
  description: "All of them or none; those attached already are passed over and counted.",
  params: requestParams,
  body: z.strictObject({
    userIds: z.array(idInBody).min(1).max(200),
    tellExisting: z.boolean().default(false),
  }),
  response: z.strictObject({ attached: z.number().int(), already: z.number().int() }),
  status: 201,
  refusals: { 404: "There is no such request or person" },
});

export const deleteWatcher = endpoint({
  method: "delete",
  path: "/requests/{id}/watchers/{userId}",
  tag: "Requests",
  summary: "Detach a person from a request",
  params: z.strictObject({ id: idInAddress("request"), userId: idInAddress("person") }),
  response: z.null(),
  status: 204,
  refusals: { 404: "They are not attached, or asked for it themselves" },
});

const standing = z
  .enum(["none", "asked", "partly", "there", "blocked"])
  .meta({ description: "What Seerr knows of it in this quality" });

const foundFields = {
  mediaType: z.enum(["movie", "tv"]),
  tmdbId: z.number().int(),
  title: z.string(),
  year: z.number().int().nullable(),
  posterPath: z.string().nullable(),
  hd: standing,
  fourK: standing,
};

export const getSearch = endpoint({
  method: "get",
  path: "/search",
  tag: "Requests",
  summary: "Search Seerr for movies and shows",
  query: z.strictObject({ q: searchText }),
  response: z.strictObject({
    rows: z.array(z.strictObject(foundFields).meta({ id: "FoundTitle" })),
  }),
  refusals: { 409: "Seerr is not connected" },
});

export const getTitle = endpoint({
  method: "get",
  path: "/titles/{mediaType}/{tmdbId}",
  tag: "Requests",
  summary: "What can be asked for of a title",
  params: z.strictObject({
    mediaType: z.enum(["movie", "tv"]),
    tmdbId: idInAddress("title at TMDB"),
  }),
  response: z
    .strictObject({
      ...foundFields,
      seasons: z
        .array(
          z.strictObject({
            season: z.number().int(),
            episodeCount: z.number().int(),
            hd: standing,
            fourK: standing,
          }),
        )
        .meta({ description: "Movies have none" }),
      offersFourK: z.boolean().meta({ description: "A server of Seerr takes it in 4K" }),
    })
    .meta({ id: "AskableTitle" }),
  refusals: { 404: "Seerr does not know it", 409: "Seerr is not connected" },
});

export const postRequest = endpoint({
  method: "post",
  path: "/requests",
  tag: "Requests",
  summary: "Ask for a title in a person's name",
  description:
    "Made in Seerr and stored as if its webhook had come. Seasons that are there or asked for are left out.",
  body: z.strictObject({
    mediaType: z.enum(["movie", "tv"]),
    tmdbId: idInBody,
    seasons: z.array(z.number().int().min(0).max(10_000)).max(200).default([]),
    is4k: z.boolean().default(false),
    userId: idInBody,
    watcherIds: z.array(idInBody).max(200).default([]),
  }),
  response: requestSummary,
  status: 201,
  refusals: { 404: "There is no such person", 409: "Seerr refused it, for the reason given" },
});
