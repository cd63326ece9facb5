import type {
  LibraryFile,
  QualityProfile,
  QueueItem,
  RadarrMovie,
  SonarrEpisode,
  SonarrSeries,
} from "./upstream";

/** What stands between a request and its mail "ready" (PRODUCT section 10): judged from what an instance says. */

/** What happens on the day a title comes. */
export type ReleaseKind = "digital" | "physical" | "cinema" | "air";

export type WaitingEpisode = { season: number; episode: number };

export type QualityVerdict =
  /** Everything that is out is there. */
  | { kind: "there" }
  | { kind: "downloading" }
  /** Aired a few days ago: nothing strange yet. */
  | { kind: "recent" }
  /** `season` is the one that begins; null for movies. */
  | {
      kind: "comingSoon";
      at: Date;
      release: ReleaseKind;
      season: number | null;
      inCinemasSince: Date | null;
    }
  /** Not out, and nobody has named a day. */
  | { kind: "unreleased" }
  /** `episodes` is empty for movies, `quality` what is waited for: `1080p`, `4K`; null when not known. */
  | {
      kind: "qualityWaiting";
      because: "missing" | "cutoff";
      episodes: WaitingEpisode[];
      quality: string | null;
    }
  /** It is out, but nobody looks for it: it is switched off there. */
  | { kind: "unmonitored" };

/** Whether a file below its profile's cutoff is held back, and the profiles of the instance. */
export type CutoffRule = { hold: boolean; profiles: readonly QualityProfile[] };

const day = 24 * 60 * 60 * 1000;

/** A missing episode is nothing strange until it aired this long ago. */
export const graceAfterAiringMs = 7 * day;

/**
 * Whether a file is not yet the one to tell of. Only where a better one can come: its profile is known and allows
 * upgrades, and the title is looked for.
 */
export function waitsForCutoff(
  file: LibraryFile | null,
  title: { qualityProfileId: number | null; monitored: boolean },
  rule: CutoffRule,
): boolean {
  if (!rule.hold || file?.qualityCutoffNotMet !== true || !title.monitored) return false;
  return profileOf(title, rule)?.upgradeAllowed === true;
}

/** What an instance says beside the title itself. */
export type InstanceFacts = {
  /** May hold downloads of other titles, too. */
  queue: readonly QueueItem[];
  rule: CutoffRule;
};

/** Judges a movie by one Radarr. `isSettled`: everybody was told of it, so no better file is waited for. */
export function judgeMovie(
  movie: RadarrMovie,
  { queue, rule }: InstanceFacts,
  isSettled: boolean,
  now: Date,
): QualityVerdict {
  const isBelow = !isSettled && waitsForCutoff(movie.file, movie, rule);
  if (movie.hasFile && !isBelow) return { kind: "there" };
  if (queue.some((item) => item.movieId === movie.movieId)) return { kind: "downloading" };
  const quality = wantedQuality(profileOf(movie, rule));
  if (isBelow) return { kind: "qualityWaiting", because: "cutoff", episodes: [], quality };
  if (isUnreleased(movie.status)) {
    const release = nextRelease(movie, now);
    const { inCinemas } = movie;
    const inCinemasSince = inCinemas && inCinemas <= now ? inCinemas : null;
    if (release) return { kind: "comingSoon", ...release, season: null, inCinemasSince };
    // In cinemas or announced, and no day named for watching it at home.
    if (!movie.digitalRelease && !movie.physicalRelease) return { kind: "unreleased" };
  }
  if (!movie.monitored) return { kind: "unmonitored" };
  return { kind: "qualityWaiting", because: "missing", episodes: [], quality };
}

const isUnreleased = (status: string | null) =>
  status === "announced" || status === "inCinemas" || status === "tba";

/** The next of digital and physical release; the cinema only where neither is known. */
function nextRelease(movie: RadarrMovie, now: Date): { at: Date; release: ReleaseKind } | null {
  const atHome: { at: Date | null; release: ReleaseKind }[] = [
    { at: movie.digitalRelease, release: "digital" },
    { at: movie.physicalRelease, release: "physical" },
  ];
  const isKnown = atHome.some(({ at }) => at !== null);
  const candidates = isKnown ? atHome : [{ at: movie.inCinemas, release: "cinema" as const }];
  return (
    candidates
      .flatMap(({ at, release }) => (at && at > now ? [{ at, release }] : []))
      .sort((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null
  );
}

/** What a request asks of a show. */
export type ShowAsk = {
  coversSeason: (season: number) => boolean;
  /** Whether everybody was told of an episode, so that no better file is waited for. */
  isSettled: (season: number, episode: number) => boolean;
};

/** Judges the requested seasons of a show by one Sonarr. */
export function judgeShow(
  show: { series: SonarrSeries; episodes: readonly SonarrEpisode[] },
  { queue, rule }: InstanceFacts,
  { coversSeason, isSettled }: ShowAsk,
  now: Date,
): QualityVerdict {
  const { series } = show;
  const asked = show.episodes.filter((episode) => coversSeason(episode.season));
  const queued = queue.filter((item) => item.seriesId === series.seriesId);
  const isQueued = (episode: SonarrEpisode) =>
    queued.some((item) =>
      item.episodeId === null
        ? item.season === episode.season
        : item.episodeId === episode.episodeId,
    );
  const aired = asked.filter((episode) => episode.airDateUtc !== null && episode.airDateUtc <= now);
  const held = asked.filter((episode) => episode.hasFile);
  if (aired.length === 0 && held.length === 0) {
    return asked.some(isQueued)
      ? { kind: "downloading" }
      : firstAiring(series, asked, coversSeason, now);
  }
  const missing = aired.filter((episode) => !episode.hasFile);
  const wanted = missing.filter((episode) => series.monitored && episode.monitored);
  const late = wanted.filter(
    (episode) =>
      !isQueued(episode) &&
      now.getTime() - (episode.airDateUtc?.getTime() ?? 0) > graceAfterAiringMs,
  );
  const quality = wantedQuality(profileOf(series, rule));
  const waiting = (because: "missing" | "cutoff", of: readonly SonarrEpisode[]) => ({
    kind: "qualityWaiting" as const,
    because,
    episodes: of.map(({ season, episode }) => ({ season, episode })),
    quality,
  });
  if (late.length > 0) return waiting("missing", late);
  const below = held.filter(
    (episode) =>
      !isSettled(episode.season, episode.episode) &&
      waitsForCutoff(
        episode.file,
        { ...series, monitored: series.monitored && episode.monitored },
        rule,
      ),
  );
  const standing = below.filter((episode) => !isQueued(episode));
  if (standing.length > 0) return waiting("cutoff", standing);
  if (below.length > 0 || wanted.some(isQueued)) return { kind: "downloading" };
  if (wanted.length > 0) return { kind: "recent" };
  return missing.length > 0 && held.length === 0 ? { kind: "unmonitored" } : { kind: "there" };
}

/**
 * Whether a show's figures alone say that nothing of the requested seasons is missing, so that its episodes need not
 * be read. Sonarr counts an episode when it has a file, or is monitored and has aired.
 */
export function isCompleteByFigures(
  series: SonarrSeries,
  seasons: readonly number[] | "all",
  rule: CutoffRule,
): boolean {
  // Which files are below the cutoff is said of the episodes only.
  if (rule.hold) return false;
  const asked = series.seasons.filter(({ season }) =>
    seasons === "all" ? season > 0 : seasons.includes(season),
  );
  const isComplete = ({ episodeFileCount, episodeCount }: SonarrSeries["seasons"][number]) =>
    episodeFileCount > 0 && episodeFileCount >= episodeCount;
  const isListed = seasons === "all" || asked.length === new Set(seasons).size;
  return asked.length > 0 && isListed && asked.every(isComplete);
}

function firstAiring(
  series: SonarrSeries,
  asked: readonly SonarrEpisode[],
  coversSeason: (season: number) => boolean,
  now: Date,
): QualityVerdict {
  const first = asked
    .flatMap(({ season, airDateUtc: at }) => (at && at > now ? [{ season, at }] : []))
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  const airs = { kind: "comingSoon" as const, release: "air" as const, inCinemasSince: null };
  if (first) return { ...airs, ...first };
  // A show announced without episodes begins with its first season.
  if (asked.length === 0 && coversSeason(1) && series.firstAired && series.firstAired > now) {
    return { ...airs, at: series.firstAired, season: 1 };
  }
  return { kind: "unreleased" };
}

/**
 * The verdict of several instances that have the title: where one has it or fetches it, the others do not count.
 */
export function bestVerdict(verdicts: readonly QualityVerdict[]): QualityVerdict | null {
  return [...verdicts].sort((a, b) => hope[a.kind] - hope[b.kind])[0] ?? null;
}

const hope: Record<QualityVerdict["kind"], number> = {
  there: 0,
  downloading: 1,
  recent: 2,
  comingSoon: 3,
  qualityWaiting: 4,
  unreleased: 5,
  unmonitored: 6,
};

const profileOf = (title: { qualityProfileId: number | null }, rule: CutoffRule) =>
  rule.profiles.find((profile) => profile.profileId === title.qualityProfileId) ?? null;

/** The resolution a profile is after, as people say it. */
export function wantedQuality(profile: QualityProfile | null): string | null {
  const names = [profile?.cutoffName, profile?.name];
  for (const name of names) {
    const lines = /\b(2160|1080|720|576|480)p?\b/i.exec(name ?? "")?.[1];
    if (lines) return lines === "2160" ? "4K" : `${lines}p`;
    if (/\b(uhd|ultra-?hd|4k)\b/i.test(name ?? "")) return "4K";
  }
  return null;
}
