import type { SonarrSeries } from "./upstream";

/**
 * The blast brake (promise 7): why the mails of one check are held, or null when they may go. `mails` is what the check
 * would send, `holdAbove` the setting.
 */
export function decideHold(mails: number, holdAbove: number): string | null {
  if (mails <= holdAbove) return null;
  return `One check wanted to send ${mails} mails; more than ${holdAbove} are looked at first`;
}

/** Signs of life come every minute: a longer silence than this was an outage of our own, in milliseconds. */
const silenceMs = 5 * 60_000;

/** The time in which BingeAlert did not run, or null. `lastSignOfLife` null: it runs for the first time. */
export function decideOutage(
  lastSignOfLife: Date | null,
  now: Date,
): { beganAt: Date; endedAt: Date } | null {
  if (!lastSignOfLife || now.getTime() - lastSignOfLife.getTime() <= silenceMs) return null;
  return { beganAt: lastSignOfLife, endedAt: now };
}

/** Who asks for a show, as far as it decides what of it is read. */
type Asking = {
  id: number;
  seasons: readonly number[];
  coversAllSeasons: boolean;
  tvdbId: number | null;
};

/**
 * What a show looks like from outside: as long as this stays the same, so do its files and who asks for them, and its
 * episodes need not be read again. Null when Sonarr gives no figures to tell by.
 */
export function seriesFingerprint(
  series: Pick<SonarrSeries, "tvdbId" | "seasons">,
  requests: readonly Asking[],
): string | null {
  if (series.seasons.some((season) => season.sizeOnDisk === null)) return null;
  const seasons = series.seasons.map((s) =>
    [
      s.season,
      s.episodeFileCount,
      s.totalEpisodeCount,
      s.sizeOnDisk,
      s.nextAiring?.getTime(),
    ].join(),
  );
  const asking = [...requests]
    .sort((a, b) => a.id - b.id)
    .map((r) => [r.id, r.tvdbId, r.coversAllSeasons, ...r.seasons].join());
  return [series.tvdbId, ...seasons, "|", ...asking].join(" ");
}

/** Shows that look unchanged are read again after this long all the same: titles and air dates change quietly. */
const freshMs = 24 * 60 * 60_000;

/** Why a show's episodes are read now, or null. `known` is how it looked when they were read last. */
export function decideSeriesRead(
  fingerprint: string | null,
  known: { fingerprint: string; readAt: Date } | null,
  now: Date,
): "changed" | "stale" | null {
  if (!known || fingerprint === null || known.fingerprint !== fingerprint) return "changed";
  return now.getTime() - known.readAt.getTime() >= freshMs ? "stale" : null;
}

/**
 * Whether an empty list is believed: a server that held something people asked for and now names no title at all has
 * lost its database or its disk, and that is not news about the titles.
 */
export function isSuddenlyEmpty(listed: number, knownToBeHeld: number): boolean {
  return listed === 0 && knownToBeHeld > 0;
}
