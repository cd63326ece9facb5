import { type DownloadEpisode, downloadEpisodeWords, downloadWords } from "../downloads";
import { sentence } from "../words";
import { plural, sizeWords } from "./count-words";
import { agoWords, type Reader } from "./moment-words";
import type { StatusKind } from "./status";

/** One live download, as lists show it. */
export type DownloadView = {
  id: number;
  /** What it is for: "Tidewater Road, season 3, episode 5"; the release where nobody knows. */
  what: string;
  /** The same within a request: "Season 3, episode 5", "The movie". */
  part: string;
  release: string;
  /** Where it is: the instance, and the indexer it came from. */
  from: string;
  /** The request it is for. */
  href: string | null;
  status: { kind: StatusKind; word: string };
  /** "64 % of 3.0 GB"; null where the client does not say. */
  progress: string | null;
  /** Since when nothing has moved; null while it rests on purpose or gets on. */
  stillSince: Date | null;
  /** Why, as a sentence; null where the state says it all. */
  why: string | null;
  /** The instance's own words, where there is trouble. */
  said: string[];
  /** What was done and what becomes of it, each a sentence. */
  done: string[];
};

/** Live downloads: those in trouble first. */
export type DownloadsView = { rows: DownloadView[]; total: number; stuck: number };

/** What is stored of a live download. */
export type DownloadFacts = {
  id: number;
  title: string;
  mediaTitle: string | null;
  episodes: DownloadEpisode[];
  instanceName: string;
  indexer: string | null;
  requestId: number | null;
  status: string | null;
  trackedState: string | null;
  size: number | null;
  sizeLeft: number | null;
  messages: string[];
  verdict: "moving" | "resting" | "waiting" | "stuck";
  verdictWords: string;
  planWords: string | null;
  refreshedAt: Date | null;
  lastProgressAt: Date;
  alertedAt: Date | null;
  /** How many releases of the same were replaced before. */
  replaced: number;
};

/** A stored download in the words of a page. */
export function downloadView(facts: DownloadFacts, reader: Reader): DownloadView {
  const isTrouble = facts.verdict === "stuck" || facts.verdict === "waiting";
  return {
    id: facts.id,
    what: downloadWords(facts),
    part: sentence(downloadEpisodeWords(facts.episodes) ?? "the movie"),
    release: facts.title,
    from: [facts.instanceName, facts.indexer].filter((part) => part !== null).join(" · "),
    href: facts.requestId === null ? null : `/requests/${facts.requestId}`,
    status: statusOf(facts),
    progress: progressWords(facts),
    stillSince: isTrouble ? facts.lastProgressAt : null,
    why: facts.verdict === "moving" ? null : facts.verdictWords,
    said: isTrouble ? facts.messages.filter((text) => !facts.verdictWords.includes(text)) : [],
    done: doneWords(facts, reader),
  };
}

function statusOf({ verdict, status, trackedState }: DownloadFacts): DownloadView["status"] {
  switch (verdict) {
    case "stuck":
      return { kind: "slow", word: "Stuck" };
    case "waiting":
      return { kind: "waiting", word: "Waiting" };
    case "resting":
      return { kind: "scheduled", word: status === "paused" ? "Paused" : "Delayed" };
    case "moving":
      if (trackedState?.startsWith("import")) return { kind: "sending", word: "Importing" };
      return status === "queued"
        ? { kind: "scheduled", word: "Queued" }
        : { kind: "downloading", word: "Downloading" };
  }
}

function progressWords({ size, sizeLeft }: DownloadFacts): string | null {
  if (size === null || size === 0 || sizeLeft === null) return null;
  const percent = Math.min(100, Math.max(0, Math.floor((100 * (size - sizeLeft)) / size)));
  return `${percent} % of ${sizeWords(size)}`;
}

function doneWords(facts: DownloadFacts, reader: Reader): string[] {
  const { refreshedAt, alertedAt, planWords, replaced, verdict } = facts;
  return [
    ...(refreshedAt ? [`The show was read anew ${agoWords(refreshedAt, reader.now)}`] : []),
    ...(replaced > 0 ? [`${plural(replaced, "release")} of it replaced before`] : []),
    ...(planWords ? [planWords] : []),
    ...(alertedAt && verdict === "stuck"
      ? [`You were told ${agoWords(alertedAt, reader.now)}`]
      : []),
  ];
}
