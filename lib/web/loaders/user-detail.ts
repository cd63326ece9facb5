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
  whenPhrase,
} from "@/lib/domain/views/moment-words";
import { firstName, personView } from "@/lib/domain/views/person";
import { isLeaving, recipientState } from "@/lib/domain/views/recipient-state";
import { seasonsLabel } from "@/lib/domain/views/requests";
import { wordOfNotificationStatus } from "@/lib/domain/views/status";
import type { TimelineFutureView } from "@/lib/domain/views/timeline";
import type { UserDetailView, UserTitleView } from "@/lib/domain/views/user-detail";
import { chosenKinds } from "@/lib/domain/views/users";
import { itemWords } from "@/lib/domain/words";
import type { Config } from "@/lib/services/load-config";
import { personalPage } from "@/lib/services/users/personal-links";
import { listTitlesOfUser, type TitleOfUser } from "@/lib/store/views/titles-of-user";
import { findUserDetail } from "@/lib/store/views/user-detail";
import { webContext, webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";
import { rowView } from "./notification-list";
import { timelineRow } from "./request-detail";

type Detail = NonNullable<Awaited<ReturnType<typeof findUserDetail>>>;

const shownTitles = 60;

/** One person: what they were told, what is on its way, why not, and what they chose. Null when there is none. */
export const loadUserDetail = cache(async (userId: number): Promise<UserDetailView | null> => {
  await requireViewer();
  const { db } = webDatabase();
  const [detail, titles, reader, config] = await Promise.all([
    findUserDetail(db, userId),
    listTitlesOfUser(db, userId, shownTitles),
    currentReader(),
    webContext().loadConfig(),
  ]);
  if (!detail) return null;
  const { user } = detail;
  const getsMails = decideRecipient({ ...user, mutedTitleAt: null }, "", "").kind === "tell";
  return {
    person: personView(user.id, user.displayName),
    email: user.email,
    isActive: user.isActive,
    verdict: verdict(detail, reader),
    timeline: {
      next: detail.live.map((row) => pending(row, reader)),
      wait: null,
      idleLine: detail.live.length > 0 ? "Waiting, as above." : "Nothing waits for them.",
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
    canMailLink: getsMails && personalPage(config, user) !== null,
  };
});

function verdict({ user, live, mails }: Detail, reader: Reader): string {
  const name = firstName(user.displayName);
  const decision = decideRecipient({ ...user, mutedTitleAt: null }, "", "");
  if (decision.kind !== "tell") return `${name} gets no mails: ${decision.because}.`;
  if (live.length > 0) {
    const [first] = live;
    const what =
      live.length === 1 && first ? `A mail about ${first.batch.title}` : `${live.length} mails`;
    return `${what} ${live.length === 1 ? "waits" : "wait"} for ${name}.`;
  }
  const last = mails.find((mail) => mail.sentAt)?.sentAt;
  return last
    ? `${name} gets mails. The last one left ${whenPhrase(last, reader)}.`
    : `${name} gets mails. None has left yet.`;
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
