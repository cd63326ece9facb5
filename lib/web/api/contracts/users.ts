import { z } from "zod";
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
    after: nameCursor.optional(),
    limit,
  }),
  response: pageOf(userSummary),
});

export const patchUser = endpoint({
  method: "patch",
  path: "/users/{id}",
  tag: "Users",
  summary: "Switch a person's mails on or off",
  description: "No sync with Seerr undoes it.",
  params: z.strictObject({ id: idInAddress("person") }),
  body: z.strictObject({ active: z.boolean() }),
  response: user,
  refusals: { 404: "There is no such person" },
});

export const postUserLinkSend = endpoint({
  method: "post",
  path: "/users/{id}/links/send",
  tag: "Users",
  summary: "Mail a person the link to their own page",
  params: z.strictObject({ id: idInAddress("person") }),
  response: user,
  status: 202,
  refusals: {
    404: "There is no such person",
    409: "No mail goes to them, or links have no public address",
  },
});

export const postUserLinkRevoke = endpoint({
  method: "post",
  path: "/users/{id}/links/revoke",
  tag: "Users",
  summary: "Make every link a person has useless, and mail new ones where that is possible",
  params: z.strictObject({ id: idInAddress("person") }),
  response: z.strictObject({
    newLinks: z
      .enum(["mailed", "notMailed"])
      .meta({ description: "Whether new ones are on their way" }),
  }),
  refusals: { 404: "There is no such person" },
});
