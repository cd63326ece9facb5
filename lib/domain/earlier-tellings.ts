import type { EarlierHow, EarlierTelling, LeftOutReason } from "./earlier-history";

/** What rows of the earlier BingeAlert say about who was told of what. */

export type NotificationRow = {
  userId: number;
  requestId: number;
  type: string;
  subject: string;
  isSent: boolean;
  sentAt: Date | null;
  error: string | null;
  createdAt: Date;
};

export type DeliveryRow = {
  userId: number;
  requestId: number;
  type: string;
  dedupeKey: string;
  season: number | null;
  episode: number | null;
  at: Date;
};

export type DecidedRow =
  | { kind: "told"; tellings: EarlierTelling[] }
  | { kind: "leftOut"; reason: LeftOutReason };

/**
 * A row of its queue, which was its history, too. Marked as sent without a moment and with a note about skipping: the
 * person was switched off. Marked by “clear pending” looks like sent and counts as told: the admin had settled it.
 * `body` is asked for when the subject names no episode.
 */
export function decideNotification(row: NotificationRow, body: string | null): DecidedRow {
  if (row.type !== "movie" && row.type !== "episode") {
    return { kind: "leftOut", reason: "other_kind" };
  }
  if (!row.isSent) return { kind: "leftOut", reason: "not_sent" };
  const isSkipped = row.sentAt === null && /skip/i.test(row.error ?? "");
  const how: EarlierHow = isSkipped ? "not_wanted" : "told";
  const { userId, requestId } = row;
  const telling = { userId, requestId, how, at: row.sentAt ?? row.createdAt };
  if (row.type === "movie") return { kind: "told", tellings: [{ ...telling, episode: null }] };
  const inSubject = lastCode(row.subject);
  const episodes = inSubject ? [inSubject] : codesOf(visibleText(body ?? ""));
  if (episodes.length === 0) return { kind: "leftOut", reason: "no_episode" };
  return { kind: "told", tellings: episodes.map((episode) => ({ ...telling, episode })) };
}

/** A row of its ledger: written after a mail had left, so told. Its key holds no id of a show, its request does. */
export function decideDelivery(row: DeliveryRow): DecidedRow {
  const { userId, requestId, at } = row;
  const telling = { userId, requestId, how: "told" as const, at };
  if (row.type === "movie" || row.dedupeKey.startsWith("movie:")) {
    return { kind: "told", tellings: [{ ...telling, episode: null }] };
  }
  if (row.type !== "episode") return { kind: "leftOut", reason: "other_kind" };
  const episode =
    row.season !== null && row.episode !== null
      ? { season: row.season, episode: row.episode }
      : lastCode(row.dedupeKey);
  if (!episode) return { kind: "leftOut", reason: "no_episode" };
  return { kind: "told", tellings: [{ ...telling, episode }] };
}

type Code = { season: number; episode: number };

function codesOf(text: string): Code[] {
  return [...text.matchAll(/(?<![A-Za-z0-9])S(\d{1,4})E(\d{1,5})(?!\d)/gi)].map((match) => ({
    season: Number(match[1]),
    episode: Number(match[2]),
  }));
}

/** The title comes first and may look like a code itself. */
const lastCode = (text: string): Code | null => codesOf(text).at(-1) ?? null;

/** Without tags: addresses of posters are in them and may look like codes. */
const visibleText = (html: string) =>
  html.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, " ").replace(/<[^>]*>/g, " ");
