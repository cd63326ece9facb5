import { z } from "zod";
import { notificationStatuses } from "@/lib/domain/delivery";
import { endpoint } from "../endpoint";
import {
  idInAddress,
  limit,
  longIdInAddress,
  longIdInBody,
  moment,
  pageOf,
  placeCursor,
  searchText,
  wordList,
} from "../fields";

export const notificationStatus = z.enum(notificationStatuses).meta({ id: "NotificationStatus" });

const summaryFields = {
  id: z.number().int(),
  kind: z.string().meta({ examples: ["episodes_available"] }),
  audience: z
    .enum(["user", "admin", "address"])
    .meta({ description: "A person of Seerr, the admin, or a typed address" }),
  userId: z.number().int().nullable(),
  userName: z.string().nullable(),
  address: z
    .string()
    .nullable()
    .meta({ description: "Where it went; a person's address is read when the mail leaves" }),
  requestId: z.number().int().nullable(),
  title: z.string(),
  subject: z.string(),
  status: notificationStatus,
  statusReason: z.string().nullable(),
  dueAt: moment.meta({ description: "When it may leave, or is tried again" }),
  sentAt: moment.nullable(),
  attempts: z.number().int(),
  smtpReply: z.string().nullable(),
  resendOf: z.number().int().nullable(),
  createdAt: moment,
  updatedAt: moment,
};

export const notificationSummary = z
  .strictObject(summaryFields)
  .meta({ id: "NotificationSummary" });

const notificationDetail = z
  .strictObject({
    ...summaryFields,
    items: z.array(
      z.strictObject({ mediaKey: z.string(), requestId: z.number().int().nullable() }),
    ),
    attemptList: z.array(
      z.strictObject({
        attempt: z.number().int(),
        startedAt: moment,
        handedOverAt: moment
          .nullable()
          .meta({ description: "After this a lost answer is unknown, not a failure" }),
        finishedAt: moment.nullable(),
        outcome: z.enum(["accepted", "try_later", "refused", "unknown"]).nullable(),
        reply: z.string().nullable(),
      }),
    ),
    mail: z
      .strictObject({
        subject: z.string(),
        html: z.string(),
        text: z.string(),
        headers: z.record(z.string(), z.string()),
        renderedAt: moment,
      })
      .nullable()
      .meta({
        description:
          "Exactly what was handed over, but for its personal links, which an API key does not get; null before the first attempt",
      }),
  })
  .meta({ id: "Notification" });

const params = z.strictObject({ id: longIdInAddress("mail") });
const noMail = "There is no such mail";

export const getNotifications = endpoint({
  method: "get",
  path: "/notifications",
  tag: "Notifications",
  summary: "List mails, the last changed first",
  query: z.strictObject({
    q: searchText.optional().meta({ description: "Part of a subject or of a person's name" }),
    status: wordList(notificationStatuses, "Status").optional(),
    kind: z
      .string()
      .regex(/^[a-z_]{1,40}$/, "is no kind of mail")
      .optional(),
    person: idInAddress("person").optional(),
    request: idInAddress("request").optional(),
    after: placeCursor.optional(),
    limit,
  }),
  response: pageOf(notificationSummary),
});

export const getNotification = endpoint({
  method: "get",
  path: "/notifications/{id}",
  tag: "Notifications",
  summary: "One mail with its attempts and what was handed over",
  params,
  response: notificationDetail,
  refusals: { 404: noMail },
});

export const postSend = endpoint({
  method: "post",
  path: "/notifications/{id}/send",
  tag: "Notifications",
  summary: "Send a waiting mail now",
  params,
  response: notificationSummary,
  status: 202,
  refusals: { 404: noMail, 409: "It does not wait any more" },
});

export const postResend = endpoint({
  method: "post",
  path: "/notifications/{id}/resend",
  tag: "Notifications",
  summary: "Send the same news again",
  description: "As a mail of its own: the answer is the new one.",
  params,
  response: notificationSummary,
  status: 202,
  refusals: { 404: noMail, 409: "It has not left yet" },
});

export const postCancel = endpoint({
  method: "post",
  path: "/notifications/{id}/cancel",
  tag: "Notifications",
  summary: "Cancel a mail that has not left",
  description: "What it would have told stays told: no later check brings it back.",
  params,
  response: notificationSummary,
  refusals: { 404: noMail, 409: "It has left or is leaving" },
});

export const postRelease = endpoint({
  method: "post",
  path: "/notifications/{id}/release",
  tag: "Notifications",
  summary: "Let a held mail go",
  params,
  response: notificationSummary,
  status: 202,
  refusals: { 404: noMail, 409: "It is not held any more" },
});

const heldVerdict = z.enum(["release", "drop"]);

export const postHeld = endpoint({
  method: "post",
  path: "/notifications/held",
  tag: "Notifications",
  summary: "Release or drop mails on hold",
  description:
    "Those named, or all up to the newest you have seen, so that none goes unseen. What dropped ones would have told stays told.",
  body: z.union(
    [
      z.strictObject({ verdict: heldVerdict, upToId: longIdInBody }),
      z.strictObject({ verdict: heldVerdict, ids: z.array(longIdInBody).min(1).max(1000) }),
    ],
    "is no verdict about `upToId`, or about 1 to 1000 `ids`",
  ),
  response: z.strictObject({
    settled: z.number().int(),
    passedOver: z.number().int().meta({ description: "Not on hold any more" }),
  }),
  refusals: { 404: noMail },
});

export const postTestMail = endpoint({
  method: "post",
  path: "/notifications/test",
  tag: "Notifications",
  summary: "Send a test mail to an address",
  body: z.strictObject({ to: z.email("is not a mail address").max(254, "is too long") }),
  response: notificationSummary,
  status: 202,
});
