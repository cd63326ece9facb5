import "server-only";
import { cache } from "react";
import { kindWords, type NotificationDetailView } from "@/lib/domain/views/notifications";
import { findNotificationDetail } from "@/lib/store/views/notification-list";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";
import { recipientName } from "./notification-list";
import { timelineRow } from "./request-detail";

/** A mail with its attempts and the decisions behind it; null when there is none with this id. */
export const loadNotificationDetail = cache(
  async (notificationId: number): Promise<NotificationDetailView | null> => {
    await requireViewer();
    const detail = await findNotificationDetail(webDatabase().db, notificationId);
    if (!detail) return null;
    const { notification, user } = detail;
    return {
      id: notification.id,
      status: notification.status,
      statusReason: notification.statusReason,
      subject: notification.subject,
      recipient: recipientName({ ...notification, userName: user?.displayName ?? null }),
      address: notification.toAddress ?? user?.email ?? null,
      kindWords: kindWords(notification.kind),
      requestId: notification.requestId,
      dueAt: notification.dueAt,
      createdAt: notification.createdAt,
      sentAt: notification.sentAt,
      smtpReply: notification.smtpReply,
      attempts: detail.attempts.map((attempt) => ({
        attempt: attempt.attempt,
        startedAt: attempt.startedAt,
        outcome: attempt.outcome,
        reply: attempt.reply,
      })),
      why: detail.why.map((entry) => timelineRow({ entry, userName: null }, null)),
    };
  },
);
