/** The one model of titles that all the fakes share, standing in for TMDB and TheTVDB. */

export type MovieTitle = {
  kind: "movie";
  title: string;
  year: number;
  tmdbId: number;
  imdbId: string | null;
  overview: string;
  /** As TMDB gives it, such as `/kestrel-down.png`; null when there is no poster. */
  posterPath: string | null;
  runtime: number;
  genres: string[];
  inCinemas: Date | null;
  digitalRelease: Date | null;
  physicalRelease: Date | null;
};

export type EpisodeTitle = {
  season: number;
  number: number;
  title: string;
  /** The episode's own id, not the show's. */
  tvdbId: number;
  overview: string;
  /** Null when nobody knows yet. */
  airsAt: Date | null;
};

export type ShowTitle = {
  kind: "show";
  title: string;
  year: number;
  tmdbId: number;
  tvdbId: number;
  imdbId: string | null;
  overview: string;
  posterPath: string | null;
  runtime: number;
  genres: string[];
  network: string;
  seriesType: "standard" | "daily" | "anime";
  status: "continuing" | "ended" | "upcoming";
  episodes: EpisodeTitle[];
};

export type Title = MovieTitle | ShowTitle;

/** A season: how many episodes, or their names, or everything about each. */
export type SeasonPlan = number | string[] | PlannedEpisode[];
export type PlannedEpisode = { title?: string; airsAt?: Date | null };

export type MovieInput = { title: string } & Partial<Omit<MovieTitle, "kind" | "title">>;
export type ShowInput = {
  title: string;
  /** Episodes per season number; 0 holds the specials. */
  seasons: Record<number, SeasonPlan>;
  /** When S1E1 aired; later episodes follow weekly, seasons yearly. */
  firstAirs?: Date;
} & Partial<Omit<ShowTitle, "kind" | "title" | "episodes">>;

const weekMs = 7 * 86_400_000;
const posterFiles = [
  "tidewater-road",
  "paper-lantern-district",
  "last-ferry-north",
  "ninth-meridian",
  "sable-and-finch",
  "kestrel-down",
  "a-quiet-orbit",
  "copper-valley",
  "the-winter-cabinet",
  "saltmarsh",
  "midnight-grammar",
  "the-glass-orchard",
];

/** Titles that exist, whether anybody asked for them or not. Ids are made up where none are given. */
export class World {
  readonly titles: Title[] = [];
  private nextTmdbId = 900_101;
  private nextTvdbId = 400_201;
  private nextEpisodeId = 9_000_001;
  private nextImdbId = 30_000_001;

  addMovie(input: MovieInput): MovieTitle {
    const year = input.year ?? 2025;
    const movie: MovieTitle = {
      kind: "movie",
      title: input.title,
      year,
      tmdbId: input.tmdbId ?? this.nextTmdbId++,
      imdbId: input.imdbId === undefined ? `tt${this.nextImdbId++}` : input.imdbId,
      overview: input.overview ?? `What happens in ${input.title}.`,
      posterPath: input.posterPath === undefined ? this.somePoster() : input.posterPath,
      runtime: input.runtime ?? 112,
      genres: input.genres ?? ["Drama"],
      inCinemas: input.inCinemas === undefined ? new Date(Date.UTC(year, 2, 14)) : input.inCinemas,
      digitalRelease:
        input.digitalRelease === undefined ? new Date(Date.UTC(year, 5, 20)) : input.digitalRelease,
      physicalRelease: input.physicalRelease ?? null,
    };
    this.titles.push(movie);
    return movie;
  }

  addShow(input: ShowInput): ShowTitle {
    const year = input.year ?? input.firstAirs?.getUTCFullYear() ?? 2024;
    const firstAirs = input.firstAirs ?? new Date(Date.UTC(year, 0, 9, 20));
    const show: ShowTitle = {
      kind: "show",
      title: input.title,
      year,
      tmdbId: input.tmdbId ?? this.nextTmdbId++,
      tvdbId: input.tvdbId ?? this.nextTvdbId++,
      imdbId: input.imdbId === undefined ? `tt${this.nextImdbId++}` : input.imdbId,
      overview: input.overview ?? `What happens in ${input.title}.`,
      posterPath: input.posterPath === undefined ? this.somePoster() : input.posterPath,
      runtime: input.runtime ?? 48,
      genres: input.genres ?? ["Drama"],
      network: input.network ?? "Channel Nine",
      seriesType: input.seriesType ?? "standard",
      status: input.status ?? "continuing",
      episodes: [],
    };
    for (const [season, plan] of Object.entries(input.seasons)) {
      this.addSeason(show, Number(season), plan, firstAirs);
    }
    this.titles.push(show);
    return show;
  }

  /** Adds a season, or further episodes to one, such as a season announced later. */
  addSeason(show: ShowTitle, season: number, plan: SeasonPlan, firstAirs?: Date): EpisodeTitle[] {
    const entries: PlannedEpisode[] =
      typeof plan === "number" ? Array.from({ length: plan }, () => ({})) : plan.map(asEntry);
    const start = firstAirs ?? new Date(Date.UTC(show.year, 0, 9, 20));
    const known = show.episodes.filter((e) => e.season === season).length;
    const added = entries.map((entry, i): EpisodeTitle => {
      const number = known + i + 1;
      const yearly = Math.max(season - 1, 0) * 52 * weekMs;
      return {
        season,
        number,
        title: entry.title ?? `Episode ${number}`,
        tvdbId: this.nextEpisodeId++,
        overview: `Season ${season}, episode ${number} of ${show.title}.`,
        airsAt:
          entry.airsAt === undefined
            ? new Date(start.getTime() + yearly + (number - 1) * weekMs)
            : entry.airsAt,
      };
    });
    show.episodes.push(...added);
    return added;
  }

  findMovie(tmdbId: number): MovieTitle | null {
    const found = this.titles.find((t) => t.kind === "movie" && t.tmdbId === tmdbId);
    return found?.kind === "movie" ? found : null;
  }

  findShow(tmdbId: number): ShowTitle | null {
    const found = this.titles.find((t) => t.kind === "show" && t.tmdbId === tmdbId);
    return found?.kind === "show" ? found : null;
  }

  private somePoster(): string {
    return `/${posterFiles[this.titles.length % posterFiles.length]}.png`;
  }
}

/** The season numbers of a show, ascending, specials first. */
export function seasonNumbers(show: ShowTitle): number[] {
  return [...new Set(show.episodes.map((e) => e.season))].sort((a, b) => a - b);
}

/** The episode, or an error that names what was asked for. */
export function episodeOf(show: ShowTitle, season: number, number: number): EpisodeTitle {
  const found = show.episodes.find((e) => e.season === season && e.number === number);
  if (!found) throw new Error(`${show.title} has no season ${season} episode ${number}`);
  return found;
}

function asEntry(entry: string | PlannedEpisode): PlannedEpisode {
  return typeof entry === "string" ? { title: entry } : entry;
}
