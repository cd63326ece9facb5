import type { BoundedCount } from "./count-words";
import type { PersonView } from "./person";
import type { StatusKind } from "./status";
import type { TimelineView } from "./timeline";

export type MediaTypeView = "movie" | "tv";

/** The verdict in short: the mark, its word, and why or until when. */
export type RequestStateView = { kind: StatusKind; word: string; detail: string | null };

export type RequestRowView = {
  id: number;
  title: string;
  year: number | null;
  mediaType: MediaTypeView;
  isFourK: boolean;
  seasonsLabel: string;
  posterPath: string | null;
  people: PersonView[];
  peopleCount: number;
  state: RequestStateView;
  told: { done: number; total: number };
  requestedAt: Date;
  lastNewsAt: Date;
};

/** The order of the list; the default is the last news, newest first. */
export type RequestSortView = { by: "news" | "asked" | "title"; direction: "asc" | "desc" };

export type RequestListView = {
  rows: RequestRowView[];
  total: BoundedCount;
  matching: BoundedCount;
  sort: RequestSortView;
  newer: string | null;
  older: string | null;
};

/** One square of the strip. */
export type EpisodeState =
  | "told"
  | "before"
  | "plays"
  | "imported"
  | "downloading"
  | "missing"
  | "not_aired";

export type EpisodeView = {
  number: number;
  title: string | null;
  state: EpisodeState;
  airsAt: Date | null;
};

export type SeasonView = { season: number; episodes: EpisodeView[] };

/** One step of a movie's line: asked, found, imported, plays, told. */
export type MovieStepView = { word: string; at: Date | null; reached: boolean };

export type RecipientView = {
  person: PersonView;
  email: string | null;
  how: "asked" | "admin" | "link";
  /** When they came to it. */
  since: Date;
  /** Who attached them; null when they asked, or for those of before this was kept. */
  by: string | null;
  /** They wanted to be told of what was there already. */
  toldExisting: boolean;
  /** State on the right, with why or until when below. */
  state: { kind: StatusKind; word: string; detail: string | null };
  canRemove: boolean;
};

export type RequestDetailView = {
  id: number;
  seerrRequestId: number;
  title: string;
  year: number | null;
  mediaType: MediaTypeView;
  isFourK: boolean;
  seasonsLabel: string;
  posterPath: string | null;
  verdict: string;
  askedBy: string;
  askedAt: Date;
  airNote: string | null;
  seasons: SeasonView[];
  movieSteps: MovieStepView[];
  recipients: RecipientView[];
  timeline: TimelineView;
  facts: { term: string; value: string; mono: boolean }[];
  /** The page on which people ask to follow it; null without a public address, or when it is not asked for any more. */
  followUrl: string | null;
};

/** `Season 3`, `Seasons 1–3`, `Seasons 1, 4`, `All seasons`, `Movie`. */
export function seasonsLabel(
  mediaType: MediaTypeView,
  seasons: readonly number[],
  coversAll: boolean,
): string {
  if (mediaType === "movie") return "Movie";
  if (coversAll) return "All seasons";
  if (seasons.length === 0) return "Show";
  const sorted = [...seasons].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? first;
  if (sorted.length === 1) return first === 0 ? "Specials" : `Season ${first}`;
  if (last - first === sorted.length - 1) return `Seasons ${first}–${last}`;
  return `Seasons ${sorted.join(", ")}`;
}

/** From so many episodes on, runs of the same state fold to one chip. */
const STRIP_LIMIT = 26;

/** A square, or a folded run of squares ("1–20 told"). */
export type StripPiece =
  | { kind: "episode"; episode: EpisodeView }
  | { kind: "run"; from: number; to: number; state: EpisodeState };

/** Squares of a season; over 26 episodes the runs fold and the last ones stay. */
export function stripPieces(episodes: readonly EpisodeView[]): StripPiece[] {
  if (episodes.length <= STRIP_LIMIT) {
    return episodes.map((episode) => ({ kind: "episode", episode }));
  }
  const tail = episodes.slice(-8);
  const pieces: StripPiece[] = [];
  for (const episode of episodes.slice(0, -8)) {
    const last = pieces.at(-1);
    if (last?.kind === "run" && last.state === episode.state) last.to = episode.number;
    else
      pieces.push({ kind: "run", from: episode.number, to: episode.number, state: episode.state });
  }
  const single = (piece: StripPiece): StripPiece => {
    if (piece.kind === "episode" || piece.from !== piece.to) return piece;
    const episode = episodes.find(({ number }) => number === piece.from);
    return episode ? { kind: "episode", episode } : piece;
  };
  return [
    ...pieces.map(single),
    ...tail.map((episode): StripPiece => ({ kind: "episode", episode })),
  ];
}
