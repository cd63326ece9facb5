import "server-only";
import { cache } from "react";
import { languageNames } from "@/lib/domain/language";
import { clockTime } from "@/lib/domain/local-time";
import { pageWords } from "@/lib/domain/page-words";
import { type Preferences, preferencesOf } from "@/lib/domain/preferences";
import { decideRecipient } from "@/lib/domain/recipients";
import {
  columnMoment,
  type Reader,
  sentenceMoment,
  shortDate,
} from "@/lib/domain/views/moment-words";
import { personView } from "@/lib/domain/views/person";
import { isLeaving, recipientState } from "@/lib/domain/views/recipient-state";
import { seasonsLabel } from "@/lib/domain/views/requests";
import { wordOfNotificationStatus } from "@/lib/domain/views/status";
import type { TimelineFutureView } from "@/lib/domain/views/timeline";
import type { UserDetailView, UserTitleView } from "@/lib/domain/views/user-detail";
import { type UserVerdictFacts, userIdleLine, userVerdict } from "@/lib/domain/views/user-verdict";
import { chosenKinds } from "@/lib/domain/views/users";
import { itemWords } from "@/lib/domain/words";
import type { Config } from "@/lib/services/load-config";
import { personalPage } from "@/lib/services/users/personal-links";
import { countPendingMails } from "@/lib/store/views/notification-list";
import { listTitlesOfUser, type TitleOfUser } from "@/lib/store/views/titles-of-user";
import { findUserDetail } from "@/lib/store/views/user-detail";
import { webContext, webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";
import { rowView } from "./notification-list";
import { timelineRow } from "./request-detail";

type PendingMails = Awaited<ReturnType<typeof countPendingMails>>;
type Detail = NonNullable<Awaited<ReturnType<typeof findUserDetail>>>;

const shownTitles = 60;

/** One person: what they were told, what is on its way, why not, and what they chose. Null when there is none. */
export const loadUserDetail = cache(async (userId: number): Promise<UserDetailView | null> => {
  await requireViewer();
  const { db } = webDatabase();
  const [detail, pendingMails, titles, reader, config] = await Promise.all([
    findUserDetail(db, userId),
    countPendingMails(db, userId),
    listTitlesOfUser(db, userId, shownTitles),
    currentReader(),
    webContext().loadConfig(),
  ]);
  if (!detail) return null;
  const { user } = detail;
  const facts = verdictFacts(detail, pendingMails);
  return {
    person: personView(user.id, user.displayName),
    email: user.email,
    isActive: user.isActive,
    verdict: userVerdict(facts, reader),
    timeline: {
      next: detail.live.map((row) => pending(row, reader)),
      wait: null,
      idleLine: userIdleLine(facts, reader),
      past: detail.timeline.map(({ entry, title }) => ({
        ...timelineRow({ entry, userName: null }, null),
        source: title,
        href: entry.notificationId
          ? `/notifications?scope=history&id=${entry.notificationId}`
          : `/requests/${entry.requestId}`,
      })),
      older: 0,
    },
    mails: detail.mails.map((mail) => rowView({ ...mail, userName: user.displayName })),
    preferences: preferenceRows(preferencesOf(user), config),
    titles: titles.map((title) => titleView(title, user, reader)),
    requestCount: detail.requestCount,
    canMailLink: facts.notToldBecause === null && personalPage(config, user) !== null,
  };
});

function verdictFacts({ user, live, mails }: Detail, pending: PendingMails): UserVerdictFacts {
  const decision = decideRecipient({ ...user, mutedTitleAt: null }, "", "");
  return {
    name: user.displayName,
    notToldBecause: decision.kind === "tell" ? null : decision.because,
    held: pending.held,
    unknown: pending.unknown,
    failed: pending.failed,
    waitingTitles: live.map(({ batch }) => batch.title),
    leaving: pending.leaving,
    leavesAt: pending.nextAt,
    lastSentAt: mails.find((mail) => mail.sentAt)?.sentAt ?? null,
  };
}

const howWords = { asked: "asked", admin: "attached", link: "follows since" };

function titleView(title: TitleOfUser, user: Detail["user"], reader: Reader): UserTitleView {
  const { mail, notTold } = title;
  const toldAt = title.ledger
    .filter(({ how }) => how === "told")
    .reduce((latest, { at }) => Math.max(latest, at.getTime()), 0);
  return {
    requestId: title.requestId,
    title: title.title,
    posterPath: title.posterPath,
    isFourK: title.isFourK,
    context: [
      title.year,
      seasonsLabel(title.mediaType, title.seasons, title.coversAllSeasons),
      `${howWords[title.how]} ${shortDate(title.since, reader)}`,
    ]
      .filter(Boolean)
      .join(" · "),
    state: recipientState({ ...title, request: title, user }, reader),
    mail: mail && {
      href: `/notifications?scope=history&id=${mail.id}`,
      words: `${wordOfNotificationStatus[mail.status].toLowerCase()} ${columnMoment(isLeaving(mail.status) ? mail.dueAt : mail.at, reader)}`,
    },
    whyNot:
      notTold && notTold.at.getTime() > toldAt
        ? [`${shortDate(notTold.at, reader)}: ${notTold.words}`, notTold.reason]
            .filter(Boolean)
            .join(". ")
        : null,
  };
}

function pending(
  { batch, mediaKeys, requestId }: Detail["live"][number],
  reader: Reader,
): TimelineFutureView {
  const href = `/requests/${requestId}`;
  const isPaused = batch.pausedUntil !== null && batch.pausedUntil > reader.now;
  const what = `about ${itemWords(mediaKeys)} of ${batch.title}`;
  if (isPaused) {
    const because = batch.pausedBecause ?? "kept back";
    return {
      href,
      at: batch.pausedUntil,
      lead: "A mail",
      words: mediaKeys[0]?.startsWith("movie:") ? `about ${batch.title}` : what,
      fallback: `Held until ${sentenceMoment(batch.pausedUntil ?? reader.now, reader)}: ${because}.`,
    };
  }
  return {
    href,
    at: batch.status === "open" ? batch.closesAt : null,
    lead: "A mail",
    words: mediaKeys[0]?.startsWith("movie:") ? `about ${batch.title}` : what,
    fallback: batch.status === "open" ? "At the latest then." : "As soon as Plex shows it.",
  };
}

/** What somebody chose, as their own page words it. */
function preferenceRows(
  chosen: Preferences,
  { timeZone: serverZone, settings }: Config,
): UserDetailView["preferences"] {
  const { frequency, digestHour, quietHours, timeZone, language, mutedKinds } = chosen;
  const says = pageWords("en").preferences;
  return [
    {
      term: "Gets",
      value: chosenKinds(mutedKinds),
    },
    {
      term: "How soon",
      value:
        frequency === "daily_digest"
          ? `${says.frequencies[frequency].label}, at ${clockTime(digestHour * 60)}`
          : says.frequencies[frequency].label,
    },
    {
      term: "Quiet hours",
      value: quietHours
        ? `${clockTime(quietHours.from)} to ${clockTime(quietHours.until)}`
        : "None",
    },
    { term: "Time zone", value: timeZone ?? `${serverZone}, the server’s` },
    {
      term: "Language",
      value: language
        ? languageNames[language]
        : `${languageNames[settings.MAIL_LANGUAGE]}, the server’s`,
    },
  ];
}
