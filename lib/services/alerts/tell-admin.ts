import type { AdminNews } from "@/lib/domain/admin-news";
import { isToldByMail } from "@/lib/domain/alerts";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { insertNotification } from "@/lib/store/notifications";
import type { Config } from "../load-config";
import { adminAddress } from "../mails/mail-addresses";
import { queueAlerts } from "./queue-alerts";

/** The title, request and poster the news is about, where it is about one. */
export type NewsSubject = {
  title: string;
  requestId?: number | null;
  posterPath?: string | null;
};

/**
 * Tells the admin by mail and by the alert channels chosen for the event. Call it in the transaction that records why:
 * the news exists exactly when that does. Telling only once is the caller's to decide.
 */
export async function tellAdmin(
  tx: Executor,
  config: Config,
  news: AdminNews,
  subject: NewsSubject,
  now: Date,
): Promise<void> {
  await queueAlerts(tx, config, news, now);
  await mailNews(tx, config, news, subject, now);
}

async function mailNews(
  tx: Executor,
  config: Config,
  news: AdminNews,
  subject: NewsSubject,
  now: Date,
): Promise<void> {
  const { event, notByMail = false, ...facts } = news;
  const toAddress = adminAddress(config.settings);
  // Without a mail server the news would arrive the day one is set up.
  if (notByMail || !toAddress || config.settings.SMTP_HOST === "") return;
  if (!isToldByMail(event, config.settings)) return;
  const notification = await insertNotification(
    tx,
    {
      audience: "admin",
      toAddress,
      kind: event,
      requestId: subject.requestId ?? null,
      title: subject.title,
      subject: news.subject,
      posterPath: subject.posterPath ?? null,
      facts,
      status: "scheduled",
      dueAt: now,
      createdAt: now,
      updatedAt: now,
    },
    [],
  );
  await enqueue(tx, "deliver_notification", { notificationId: notification.id });
  await announceChange(tx, "notifications");
}
