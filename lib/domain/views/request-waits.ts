import { itemWords } from "../words";
import { listWords } from "./count-words";
import { type Reader, sentenceMoment } from "./moment-words";
import { firstName } from "./person";
import type { TimelineFutureView, TimelineWaitView } from "./timeline";

/** One live batch on account of a request, as stored. */
export type LiveBatchFacts = {
  status: "open" | "trailing";
  userName: string;
  openedAt: Date;
  dueAt: Date;
  closesAt: Date;
  nextLookAt: Date;
  /** Kept back until then by its reader's choice or maintenance; null when it is not. */
  pausedUntil: Date | null;
  pausedBecause: string | null;
  items: WaitingItemFacts[];
};

export type WaitingItemFacts = {
  mediaKey: string;
  episode: number | null;
  addedAt: Date;
  playableAt: Date | null;
  plexAskCount: number;
  plexFirstAskedAt: Date | null;
};

/** One live mail of a request, as stored. */
export type LiveMailFacts = {
  kind: string;
  status: string;
  userName: string;
  subject: string;
  statusReason: string | null;
  dueAt: Date;
  createdAt: Date;
};

export type RequestWaits = {
  verdict: string;
  wait: TimelineWaitView;
  next: TimelineFutureView[];
};

/** What is under way for one request. */
export type PendingFacts = {
  mediaType: "movie" | "tv";
  batches: readonly LiveBatchFacts[];
  mails: readonly LiveMailFacts[];
  /** `Anna was told about 2 of 8 episodes`; null when nobody was told of anything. */
  toldSoFar: string | null;
};

/** What a request waits for now and what comes then; null when nothing is pending. */
export function requestWaits(pending: PendingFacts, reader: Reader): RequestWaits | null {
  const { mediaType, batches } = pending;
  const open = batches.filter((batch) => batch.status === "open");
  const soonest = [...(open.length > 0 ? open : batches)].sort(
    (a, b) => a.nextLookAt.getTime() - b.nextLookAt.getTime(),
  )[0];
  if (soonest) {
    const isPaused = (batch: LiveBatchFacts) =>
      batch.pausedUntil !== null && batch.pausedUntil > reader.now;
    // What still gathers says more than what is done and only waits for its hour.
    const busy = batches.filter((batch) => !isPaused(batch));
    if (busy.length === 0) return pausedWait(mediaType, batches, reader);
    if (busy.length < batches.length) return requestWaits({ ...pending, batches: busy }, reader);
    const together = batches.filter((batch) => batch.status === soonest.status);
    return soonest.status === "open"
      ? openWait(mediaType, soonest, together, reader)
      : trailingWait(mediaType, soonest, together, reader);
  }
  return mailWait(pending, reader);
}

const names = (batches: readonly LiveBatchFacts[]) =>
  listWords([...new Set(batches.map((batch) => firstName(batch.userName)))]);

function uniqueItems(batches: readonly LiveBatchFacts[]): WaitingItemFacts[] {
  const byKey = new Map<string, WaitingItemFacts>();
  for (const batch of batches) {
    for (const item of batch.items) if (!byKey.has(item.mediaKey)) byKey.set(item.mediaKey, item);
  }
  return [...byKey.values()].sort((a, b) => (a.episode ?? 0) - (b.episode ?? 0));
}

const isUnseen = (item: WaitingItemFacts) => item.playableAt === null;

/** `episode 5` without its season where the page is about one season anyway. */
function briefly(items: readonly WaitingItemFacts[], mediaType: "movie" | "tv"): string {
  if (mediaType === "movie") return "the movie";
  return itemWords(items.map((item) => item.mediaKey));
}

function askedWords(items: readonly WaitingItemFacts[], nextLookAt: Date, reader: Reader): string {
  const count = Math.max(0, ...items.map((item) => item.plexAskCount));
  const first = items
    .map((item) => item.plexFirstAskedAt)
    .filter((at): at is Date => at !== null)
    .sort((a, b) => a.getTime() - b.getTime())[0];
  const next =
    nextLookAt > reader.now ? `next at ${sentenceMoment(nextLookAt, reader)}` : "asked again now";
  if (count === 0 || !first) return `Plex is first asked at ${sentenceMoment(nextLookAt, reader)}.`;
  const times = count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
  return `Asked ${times} since ${sentenceMoment(first, reader)}, ${next}.`;
}

function openWait(
  mediaType: "movie" | "tv",
  batch: LiveBatchFacts,
  together: readonly LiveBatchFacts[],
  reader: Reader,
): RequestWaits {
  const items = uniqueItems(together);
  const who = names(together);
  const gets = new Set(together.map((one) => one.userName)).size === 1 ? "gets" : "get";
  const closes = sentenceMoment(batch.closesAt, reader);
  const unseen = items.filter(isUnseen);
  if (mediaType === "movie") {
    return {
      verdict: `Waiting for Plex to show the movie. ${who} ${gets} the mail as soon as it plays.`,
      wait: {
        headline: "Waiting for Plex to show the movie",
        detail: askedWords(unseen, batch.nextLookAt, reader),
        startedAt: batch.openedAt,
        until: batch.closesAt > reader.now ? batch.closesAt : batch.nextLookAt,
        window: null,
      },
      next: [
        {
          at: null,
          lead: `${who} ${gets} one mail`,
          words: "as soon as Plex plays the movie",
          fallback: "If Plex never shows it, you are told instead, with the path.",
        },
      ],
    };
  }
  const window = {
    openedAt: batch.openedAt,
    dueAt: batch.dueAt,
    closesAt: batch.closesAt,
    ticks: items.map((item) => ({ at: item.addedAt, label: `E${item.episode ?? "?"}` })),
  };
  const isForPlex = unseen.some((item) => item.plexAskCount > 0) || batch.dueAt < reader.now;
  if (isForPlex && unseen.length > 0) {
    const missing = briefly(unseen, mediaType);
    return {
      verdict: `Waiting for ${missing}. ${who} ${gets} one mail at ${closes} at the latest.`,
      wait: {
        headline: `Waiting for Plex to show ${missing}`,
        detail: askedWords(unseen, batch.nextLookAt, reader),
        startedAt: batch.openedAt,
        until: batch.closesAt,
        window,
      },
      next: [
        {
          at: batch.closesAt,
          lead: `${who} ${gets} one mail`,
          words: "with every episode that plays by then",
          fallback: `If ${missing} ${unseen.length === 1 ? "is" : "are"} still missing, ${unseen.length === 1 ? "it goes" : "they go"} alone later. If Plex never shows ${unseen.length === 1 ? "it" : "them"}, you are told instead.`,
        },
      ],
    };
  }
  const due = sentenceMoment(batch.dueAt, reader);
  return {
    verdict: `Gathering episodes. ${who} ${gets} one mail at ${due} unless more arrives.`,
    wait: {
      headline: "Waiting for more episodes",
      detail: `So far ${briefly(items, mediaType)}. Each new one moves the mail, to ${closes} at the latest.`,
      startedAt: batch.openedAt,
      until: batch.dueAt,
      window,
    },
    next: [
      {
        at: batch.dueAt,
        lead: `${who} ${gets} one mail`,
        words: `with ${briefly(items, mediaType)}`,
        fallback: `What Plex does not play by then is waited for until ${closes}.`,
      },
    ],
  };
}

function trailingWait(
  mediaType: "movie" | "tv",
  batch: LiveBatchFacts,
  together: readonly LiveBatchFacts[],
  reader: Reader,
): RequestWaits {
  const items = uniqueItems(together);
  const who = names(together);
  const gets = new Set(together.map((one) => one.userName)).size === 1 ? "gets" : "get";
  const missing = briefly(items, mediaType);
  return {
    verdict: `Waiting for Plex to show ${missing}. ${who} ${gets} a mail as soon as it does.`,
    wait: {
      headline: `Waiting for Plex to show ${missing}`,
      detail: askedWords(items, batch.nextLookAt, reader),
      startedAt: batch.closesAt < reader.now ? batch.closesAt : batch.openedAt,
      until: null,
      window: null,
    },
    next: [
      {
        at: null,
        lead: `${who} ${gets} one mail`,
        words: `as soon as Plex plays ${missing}`,
        fallback: "If Plex never shows it, you are told instead, with the path.",
      },
    ],
  };
}

/** Ready, but each mail waits for its reader's hour: the first of them to leave is told of. */
function pausedWait(
  mediaType: "movie" | "tv",
  batches: readonly LiveBatchFacts[],
  reader: Reader,
): RequestWaits | null {
  const untilOf = (batch: LiveBatchFacts) => batch.pausedUntil ?? batch.nextLookAt;
  const ordered = [...batches].sort((a, b) => untilOf(a).getTime() - untilOf(b).getTime());
  const [first] = ordered;
  if (!first) return null;
  const because = `${first.pausedBecause ?? "kept back"}`;
  const until = untilOf(first);
  const when = sentenceMoment(until, reader);
  const what = briefly(uniqueItems(batches), mediaType);
  return {
    verdict: `Held until ${when}: ${because}.`,
    wait: {
      headline: `Held until ${when}`,
      detail: `${because.charAt(0).toUpperCase()}${because.slice(1)}.`,
      startedAt: first.openedAt,
      until,
      window: null,
    },
    next: ordered.map((batch) => ({
      at: untilOf(batch),
      lead: `${firstName(batch.userName)} gets one mail`,
      words: `with ${briefly(batch.items, mediaType)}`,
      fallback:
        batch === first
          ? `What comes after ${what} until then goes into the same mail.`
          : `${batch.pausedBecause ?? "Kept back"}.`,
    })),
  };
}

function mailWait({ mails, toldSoFar }: PendingFacts, reader: Reader): RequestWaits | null {
  const next = [...mails].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())[0];
  if (!next) return null;
  const who = listWords([...new Set(mails.map((mail) => firstName(mail.userName)))]);
  const isDue = next.dueAt <= reader.now || next.status === "sending";
  const when = isDue ? "now" : `at ${sentenceMoment(next.dueAt, reader)}`;
  const isRetry = next.status === "retrying";
  // A grab cancels it: until then it is no promise.
  const mayBeCancelled = next.kind === "quality_waiting" && !isDue;
  return {
    verdict: isRetry
      ? `The mail server wants the mail to ${who} later. It is tried again ${when}.`
      : mayBeCancelled
        ? `${toldSoFar ? `${toldSoFar}. The rest of what is out is` : "It is out, but"} not to be had yet. ${who} hears of that ${when}, unless a download is found first.`
        : `A mail to ${who} leaves ${when}.`,
    wait: {
      headline: isRetry
        ? `Trying the mail to ${who} again ${when}`
        : `A mail to ${who} leaves ${when}`,
      detail: next.statusReason ?? next.subject,
      startedAt: next.createdAt,
      until: isDue ? null : next.dueAt,
      window: null,
    },
    next: [],
  };
}
