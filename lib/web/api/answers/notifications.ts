import "server-only";
import type { z } from "zod";
import { hideLinks } from "@/lib/domain/signed-link";
import { AppError } from "@/lib/errors";
import type { ServiceContext } from "@/lib/services/context";
import { cancelNotification } from "@/lib/services/mails/cancel-notification";
import { resendNotification } from "@/lib/services/mails/resend-notification";
import {
  releaseNotification,
  sendNotificationNow,
} from "@/lib/services/mails/send-notification-now";
import { sendTestMail } from "@/lib/services/mails/send-test-mail";
import { settleHeld } from "@/lib/services/mails/settle-held";
import { listNotificationItems } from "@/lib/store/notifications";
import {
  findNotificationSummary,
  listNotificationSummaries,
  type NotificationSummaryRow,
} from "@/lib/store/views/api-notifications";
import { encodePlace } from "@/lib/store/views/keyset";
import { findNotificationDetail } from "@/lib/store/views/notification-list";
import { mailDeed } from "../../deeds";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import {
  getNotification,
  getNotifications,
  postCancel,
  postHeld,
  postRelease,
  postResend,
  postSend,
  postTestMail,
} from "../contracts/notifications";
import { iso } from "../moments";

export const notificationList = apiRoute(getNotifications, async ({ query }) => {
  const { rows, next } = await listNotificationSummaries(
    webContext().database.db,
    {
      text: query.q || null,
      statuses: query.status ?? null,
      kind: query.kind ?? null,
      userId: query.person ?? null,
      requestId: query.request ?? null,
    },
    query.after ?? null,
    query.limit,
  );
  return { rows: rows.map(summary), next: next && encodePlace(next) };
});

export const notificationDetail = apiRoute(getNotification, async ({ params, byKey }) => {
  const { db } = webContext().database;
  const [detail, items] = await Promise.all([
    findNotificationDetail(db, params.id),
    listNotificationItems(db, params.id),
  ]);
  if (!detail) throw noMail();
  const { notification, user, attempts, body } = detail;
  // A link in a mail changes things in its person's name, and outlives the key.
  const shown = (text: string) => (byKey ? hideLinks(text) : text);
  return {
    ...summary({ ...notification, userName: user?.displayName ?? null }),
    items: items.map(({ mediaKey, requestId }) => ({ mediaKey, requestId })),
    attemptList: attempts.map((attempt) => ({
      attempt: attempt.attempt,
      startedAt: iso(attempt.startedAt),
      handedOverAt: iso(attempt.handedOverAt),
      finishedAt: iso(attempt.finishedAt),
      outcome: attempt.outcome,
      reply: attempt.reply,
    })),
    mail: body && {
      subject: body.subject,
      html: shown(body.html),
      text: shown(body.text),
      headers: Object.fromEntries(
        Object.entries(body.headers).map(([name, value]) => [name, shown(value)]),
      ),
      renderedAt: iso(body.renderedAt),
    },
  };
});

export const notificationSend = apiRoute(postSend, async ({ params, note }) =>
  change(params.id, async (ctx) => {
    note(await mailDeed(params.id, { status: "scheduled", dueAt: "now" }));
    await sendNotificationNow(ctx, params.id);
  }),
);

export const notificationRelease = apiRoute(postRelease, async ({ params, actor, note }) =>
  change(params.id, async (ctx) => {
    note(await mailDeed(params.id, { status: "scheduled", dueAt: "now" }));
    await releaseNotification(ctx, params.id, actor);
  }),
);

export const notificationCancel = apiRoute(postCancel, async ({ params, actor, note }) =>
  change(params.id, async (ctx) => {
    note(await mailDeed(params.id, { status: "cancelled" }));
    await cancelNotification(ctx, params.id, actor);
  }),
);

export const notificationResend = apiRoute(postResend, async ({ params, actor, note }) => {
  const ctx = webContext();
  const copyId = await resendNotification(ctx, params.id, actor);
  note({
    subject: `mail ${params.id}`,
    after: { notificationId: params.id, sentAgainAs: copyId },
  });
  return readMailSummary(ctx, copyId);
});

export const heldSettlement = apiRoute(postHeld, async ({ body, actor, note }) => {
  const settled = await settleHeld(webContext(), { verdict: body.verdict, which: body, actor });
  note({
    subject: `${settled.settled} mails on hold`,
    before: { status: "held" },
    after: { ...body, ...settled },
  });
  return settled;
});

export const testMail = apiRoute(postTestMail, async ({ body, note }) => {
  const ctx = webContext();
  const id = await sendTestMail(ctx, body.to);
  note({ subject: `mail ${id}` });
  return readMailSummary(ctx, id);
});

/** The services take an unknown mail for one in another state, so it is looked for first. */
async function change(notificationId: number, act: (ctx: ServiceContext) => Promise<void>) {
  const ctx = webContext();
  await readMailSummary(ctx, notificationId);
  await act(ctx);
  return readMailSummary(ctx, notificationId);
}

/** A mail as the lists give it. Throws `not_found`. */
export async function readMailSummary(ctx: ServiceContext, notificationId: number) {
  const row = await findNotificationSummary(ctx.database.db, notificationId);
  if (!row) throw noMail();
  return summary(row);
}

const noMail = () => new AppError("not_found", "There is no such mail");

function summary(row: NotificationSummaryRow): z.input<typeof postSend.response> {
  return {
    id: row.id,
    kind: row.kind,
    audience: row.audience,
    userId: row.userId,
    userName: row.userName,
    address: row.toAddress,
    requestId: row.requestId,
    title: row.title,
    subject: row.subject,
    status: row.status,
    statusReason: row.statusReason,
    dueAt: iso(row.dueAt),
    sentAt: iso(row.sentAt),
    attempts: row.attempts,
    smtpReply: row.smtpReply,
    resendOf: row.resendOf,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}
