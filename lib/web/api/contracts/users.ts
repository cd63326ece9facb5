import { z } from "zod";
import { languages } from "@/lib/domain/language";
import { frequencies } from "@/lib/domain/preferences";
import { standingChoices } from "@/lib/domain/views/users";
import { endpoint } from "../endpoint";
import { idInAddress, limit, moment, pageOf, searchText } from "../fields";
import { nameCursor } from "../name-cursor";

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
  summary: "List the people of Seerr, by name",
  query: z.strictObject({
    q: searchText.optional().meta({ description: "Part of a name or an address" }),
    mails: z
      .enum(standingChoices.map(({ value }) => value))
      .optional()
      .meta({
        description:
          "Whether they get mails: `gets`, `some_off` (but not every kind), `none`, or why they get none",
      }),
    after: nameCursor.optional(),
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
    "Their requests and mails: `GET /requests?person=` and `GET /notifications?person=`.",
  params,
  response: chosen,
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
