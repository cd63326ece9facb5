import { parseMediaKey } from "../media";
import { columnMoment, type Reader, shortDate } from "./moment-words";
import { requestStateView } from "./request-state-words";
import type { RecipientView } from "./requests";

/** What is known about one person and one request they are attached to. */
export type RecipientFacts = {
  request: { mediaType: "movie" | "tv"; state: string; stateUntil: Date | null; lastNewsAt: Date };
  user: {
    isActive: boolean;
    deactivatedAt: Date | null;
    goneFromSeerrAt: Date | null;
    unsubscribedAt: Date | null;
    mutedKinds: readonly string[];
    email: string | null;
  };
  mutedAt: Date | null;
  /** What the ledger says they were told of it, or need not be told. */
  ledger: readonly { mediaKey: string; how: "told" | "known_before" | "not_wanted"; at: Date }[];
  /** Their newest mail about it. */
  mail: { status: string; smtpReply: string | null; dueAt: Date } | null;
  /** What gathers or waits for Plex for them. */
  batch: {
    status: string;
    closesAt: Date;
    pausedUntil: Date | null;
    pausedBecause: string | null;
  } | null;
};

/** Whether a mail will leave by itself. */
export function isLeaving(status: string): boolean {
  return status === "scheduled" || status === "sending" || status === "retrying";
}

/** How it stands between a person and a request: told, on its way, waited for, or why not. */
export function recipientState(facts: RecipientFacts, reader: Reader): RecipientView["state"] {
  const { request, user, mutedAt, mail, batch } = facts;
  const kind = request.mediaType === "movie" ? "movie_available" : "episodes_available";
  const off = (detail: string): RecipientView["state"] => ({
    kind: "declined",
    word: "Off",
    detail,
  });
  const since = (at: Date) => shortDate(at, reader);
  if (!user.isActive) {
    return off(user.deactivatedAt ? `Deactivated ${since(user.deactivatedAt)}` : "Deactivated");
  }
  if (user.goneFromSeerrAt) return off(`Not in Seerr since ${since(user.goneFromSeerrAt)}`);
  if (user.unsubscribedAt) return off(`Unsubscribed ${since(user.unsubscribedAt)}`);
  if (mutedAt) return off(`Muted this ${since(mutedAt)}`);
  if (user.mutedKinds.includes(kind)) return off("Switched off this kind of mail");
  if (!user.email) return off("Seerr knows no mail address");
  const told = facts.ledger.filter((row) => row.how === "told");
  const toldWords =
    told.length === 0
      ? "Not told yet"
      : request.mediaType === "movie"
        ? "Told"
        : `Told ${episodeRanges(told.map((row) => row.mediaKey))}`;
  if (mail?.status === "held") return { kind: "held", word: "On hold", detail: toldWords };
  if (mail?.status === "unknown")
    return { kind: "unknown", word: "Unknown", detail: "May have arrived" };
  if (mail?.status === "failed")
    return { kind: "failed", word: "Failed", detail: mail.smtpReply?.slice(0, 40) ?? null };
  if (batch?.pausedUntil && batch.pausedUntil > reader.now) {
    const until = columnMoment(batch.pausedUntil, reader);
    return { kind: "waiting", word: `by ${until}`, detail: batch.pausedBecause };
  }
  if (batch) {
    const by =
      batch.status === "trailing" ? "when it plays" : `by ${columnMoment(batch.closesAt, reader)}`;
    return { kind: "waiting", word: by, detail: toldWords };
  }
  if (mail && isLeaving(mail.status)) {
    return { kind: "scheduled", word: columnMoment(mail.dueAt, reader), detail: "Mail planned" };
  }
  const last = told.reduce<Date | null>((at, row) => (!at || row.at > at ? row.at : at), null);
  if (last) return { kind: "told", word: columnMoment(last, reader), detail: toldWords };
  if (facts.ledger.some((row) => row.how === "known_before")) {
    return { kind: "told", word: "There before", detail: "Not mailed" };
  }
  if (request.state === "plex_cannot_see") {
    return { kind: "failed", word: "Not told", detail: "Plex cannot see it" };
  }
  const { kind: mark } = requestStateView(request, reader);
  return { kind: mark === "told" ? "waiting" : mark, word: "Nothing yet", detail: null };
}

/** `1–2`, `1–3, 5`; with several seasons `S01 1–8, S02 1`. */
function episodeRanges(mediaKeys: readonly string[]): string {
  const bySeason = new Map<number, number[]>();
  for (const identity of mediaKeys.map(parseMediaKey)) {
    if (identity?.kind !== "episode") continue;
    bySeason.set(identity.season, [...(bySeason.get(identity.season) ?? []), identity.episode]);
  }
  return [...bySeason.entries()]
    .sort(([a], [b]) => a - b)
    .map(([season, episodes]) => {
      const words = numberRanges(episodes);
      return bySeason.size === 1 ? words : `S${String(season).padStart(2, "0")} ${words}`;
    })
    .join(", ");
}

function numberRanges(numbers: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && number <= last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
