import { z } from "zod";
import { languages } from "@/lib/domain/language";
import { frequencies } from "@/lib/domain/preferences";
import { requestStates } from "@/lib/domain/request-state";
import { type StatusKind, toneOfStatus } from "@/lib/domain/views/status";
import { standingChoices, userOrders } from "@/lib/domain/views/users";
import { endpoint } from "../endpoint";
import { idInAddress, limit, moment, pageOf, searchText } from "../fields";
import { titleCursor } from "../title-cursor";
import { userCursor } from "../user-cursor";
import { notificationStatus } from "./notifications";

const userFields = {
  id: z.number().int(),
  seerrUserId: z.number().int(),
  name: z.string(),
  email: z.string().nullable(),
  isActive: z.boolean(),
  deactivatedAt: moment.nullable(),
  unsubscribedAt: moment.nullable().meta({ description: "When they ended all mails themselves" }),
  goneFromSeerrAt: moment.nullable(),
  switchedOffKinds: z.array(z.string()).meta({ description: "Kinds of mail they do not want" }),
  timeZone: z.string().nullable(),
};

const chosen = z
  .strictObject({
    ...userFields,
    preferences: z
      .strictObject({
        frequency: z.enum(frequencies),
        language: z
          .enum(languages)
          .nullable()
          .meta({ description: "Of their mails; null: that of MAIL_LANGUAGE" }),
        digestHour: z.number().int().meta({ description: "Hour at which a daily digest leaves" }),
        quietHours: z
          .strictObject({ from: z.number().int(), until: z.number().int() })
          .nullable()
          .meta({ description: "In minutes of their day" }),
      })
      .meta({ description: "What they chose by the link in their mails" }),
  })
  .meta({ id: "UserDetail" });

const user = z.strictObject(userFields).meta({ id: "User" });
const userSummary = z
  .strictObject({
    ...userFields,
    requestCount: z.number().int().meta({ description: "Requests they are attached to" }),
    lastToldAt: moment.nullable(),
  })
  .meta({ id: "UserSummary" });

export const getUsers = endpoint({
  method: "get",
  path: "/users",
  tag: "Users",
  summary: "List the people of Seerr",
  query: z.strictObject({
    q: searchText.optional().meta({ description: "Part of a name or an address" }),
    mails: z
      .enum(standingChoices.map(({ value }) => value))
      .optional()
      .meta({
        description:
          "Whether they get mails: `gets`, `some_off` (but not every kind), `none`, or why they get none",
      }),
    sort: z.enum(userOrders).default("name").meta({
      description:
        "By name, number of requests or when they were last told; a minus sign turns it round",
    }),
    after: userCursor.optional(),
    limit,
  }),
  response: pageOf(userSummary),
});

const params = z.strictObject({ id: idInAddress("person") });
const noPerson = "There is no such person";

export const getUser = endpoint({
  method: "get",
  path: "/users/{id}",
  tag: "Users",
  summary: "One person with what they chose",
  description:
    "Title by title: `GET /users/{id}/titles`. Their mails: `GET /notifications?person=`.",
  params,
  response: chosen,
  refusals: { 404: noPerson },
});

const titleOfUser = z
  .strictObject({
    requestId: z.number().int(),
    mediaType: z.enum(["movie", "tv"]),
    title: z.string(),
    year: z.number().int().nullable(),
    is4k: z.boolean(),
    seasons: z.array(z.number().int()).meta({ description: "Of a show; 0 holds the specials" }),
    coversAllSeasons: z.boolean(),
    posterPath: z.string().nullable(),
    requestState: z.enum(requestStates).meta({ description: "The verdict about the request" }),
    lastNewsAt: moment,
    source: z
      .enum(["asked", "admin", "link"])
      .meta({ description: "Asked in Seerr, attached by the admin, or followed by a link" }),
    since: moment.meta({ description: "When they came to it" }),
    mutedAt: moment.nullable(),
    state: z
      .strictObject({
        kind: z.enum(Object.keys(toneOfStatus) as StatusKind[]),
        word: z.string(),
        detail: z.string().nullable(),
      })
      .meta({ description: "How it stands between them and it, in words; times in UTC" }),
    told: z
      .array(z.strictObject({ mediaKey: z.string(), at: moment }))
      .meta({ description: "What they were told of it" }),
    mail: z
      .strictObject({
        id: z.number().int(),
        status: notificationStatus,
        dueAt: moment,
        at: moment.meta({ description: "When it left, or last changed" }),
      })
      .nullable()
      .meta({ description: "Their newest mail about it" }),
    notTold: z
      .strictObject({ at: moment, words: z.string(), reason: z.string().nullable() })
      .nullable()
      .meta({ description: "The last time they were not told something of it, and why" }),
  })
  .meta({ id: "TitleOfUser" });

export const getUserTitles = endpoint({
  method: "get",
  path: "/users/{id}/titles",
  tag: "Users",
  summary: "Title by title: what a person was told, what is on its way, and why not",
  description: "First what is not over, then what they were told, the latest news first.",
  params,
  query: z.strictObject({ after: titleCursor.optional(), limit }),
  response: pageOf(titleOfUser),
  refusals: { 404: noPerson },
});

export const postUserLink = endpoint({
  method: "post",
  path: "/users/{id}/link",
  tag: "Users",
  summary: "Mail a person the link to their own page",
  params,
  response: z.null(),
  status: 204,
  refusals: { 404: noPerson, 409: "They get no mails, or PUBLIC_BASE_URL is not set" },
});

export const deleteUserLinks = endpoint({
  method: "delete",
  path: "/users/{id}/links",
  tag: "Users",
  summary: "Revoke every link a person was given",
  description: "Also those in mails on their way. New ones go to them by mail, if they get mails.",
  params,
  response: z.strictObject({ mailed: z.boolean() }),
  refusals: { 404: noPerson },
});

export const patchUser = endpoint({
  method: "patch",
  path: "/users/{id}",
  tag: "Users",
  summary: "Switch a person's mails on or off",
  description: "No sync with Seerr undoes it.",
  params,
  body: z.strictObject({ active: z.boolean() }),
  response: user,
  refusals: { 404: noPerson },
});
