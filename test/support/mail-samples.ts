import type {
  EpisodesAvailableProps,
  MailContent,
  MailEpisode,
  MailFrame,
  MovieAvailableProps,
  NotInPlexProps,
  TestMailProps,
} from "@/lib/domain/mail";

/** Invented mails for tests and the preview: one of each kind, and the awkward ones. */

const base = "https://cinema.example.org";
const links = {
  preferencesUrl: `${base}/u/t0k3n`,
  unsubscribeUrl: `${base}/u/t0k3n/unsubscribe`,
  calendarUrl: `${base}/u/t0k3n/calendar`,
  muteUrl: `${base}/u/t0k3n/mute`,
};
const adminLinks = { dashboardUrl: `${base}/requests/42`, settingsUrl: `${base}/settings/alerts` };

const plex = (key: number) => ({
  webUrl: `https://app.plex.tv/desktop/#!/server/5c1d0e7a9b/details?key=%2Flibrary%2Fmetadata%2F${key}`,
  appUrl: `${base}/u/t0k3n/play/${key}`,
});

const frame: MailFrame = {
  appearance: { serverName: "The Attic Cinema", accentColor: "#faac58", logoUrl: null },
  reader: { name: "Anna", language: "en", timeZone: "Europe/Berlin" },
  writtenAt: new Date("2026-11-22T19:26:00Z"),
};

const poster = { src: "cid:poster", alt: null };

/** Consecutive episodes of one season without names, 48 minutes each. */
export function unnamedEpisodes(season: number, first: number, last: number): MailEpisode[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    season,
    episode: first + index,
    title: null,
    minutes: 48,
  }));
}

/** Three named episodes of one season, as in the mock-up. */
export const episodes: EpisodesAvailableProps = {
  ...frame,
  title: "Tidewater Road",
  year: 2024,
  isFourK: false,
  poster,
  play: plex(1204),
  reason: { kind: "requested", at: new Date("2026-11-01T10:00:00Z") },
  links,
  episodes: [
    { season: 3, episode: 3, title: "Neap", minutes: 52 },
    { season: 3, episode: 4, title: "The Pilot Boat", minutes: 49 },
    { season: 3, episode: 5, title: "Slack Water", minutes: 54 },
  ],
  next: { season: 3, episode: 6, airsAt: new Date("2026-11-27T20:00:00Z") },
};

/** A movie in HD with a summary. */
export const movie: MovieAvailableProps = {
  ...frame,
  title: "Last Ferry North",
  year: 2026,
  isFourK: false,
  poster,
  play: plex(77),
  reason: { kind: "requested", at: new Date("2026-11-09T10:00:00Z") },
  links: { ...links, muteUrl: null },
  minutes: 114,
  overview:
    "A deckhand takes the night crossing home and finds a passenger who should not be aboard.",
};

/** A test mail. */
export const test: TestMailProps = {
  ...frame,
  to: "marta@example.org",
  from: "The Attic Cinema <cinema@example.org>",
  smtp: { host: "smtp.example.net", port: 587, security: "starttls" },
  links: adminLinks,
};

/** One episode imported that Plex does not show. */
export const missing: NotInPlexProps = {
  ...frame,
  reader: { name: null, language: "en", timeZone: "Europe/Berlin" },
  title: "Saltmarsh",
  year: 2025,
  isFourK: false,
  poster,
  what: {
    kind: "episodes",
    episodes: [{ season: 1, episode: 3, title: "Brackish", minutes: 44 }],
  },
  instance: "Sonarr",
  files: [
    {
      path: "/data/tv/Saltmarsh/Season 01/Saltmarsh - S01E03 - Brackish WEBDL-1080p.mkv",
      importedAt: new Date("2026-11-21T21:40:00Z"),
    },
  ],
  waiting: ["Anna", "Jonas", "Mira"],
  links: adminLinks,
};

const long =
  "The Extraordinarily Long and Winding Account of the Lighthouse Keeper’s Second Daughter, Her Seven Correspondents and the Winter Nobody Wrote Home ";

/** Every mail the preview draws, by file name. */
export const samples: Record<string, MailContent> = {
  "episodes-available": { kind: "episodes_available", props: episodes },
  "episodes-available-seasons": {
    kind: "episodes_available",
    props: {
      ...episodes,
      isFourK: true,
      reason: { kind: "attached", by: "Jonas", at: new Date("2025-12-30T10:00:00Z") },
      episodes: [
        ...unnamedEpisodes(2, 1, 10),
        { season: 3, episode: 1, title: "Spring Tide", minutes: 58 },
        { season: 3, episode: 2, title: "TBA", minutes: null },
        { season: 0, episode: 4, title: "The Making of the Harbour", minutes: 24 },
      ],
      next: { season: 4, episode: 1, airsAt: new Date("2027-01-08T20:00:00Z") },
    },
  },
  "episodes-available-plain": {
    kind: "episodes_available",
    props: {
      ...episodes,
      appearance: { ...frame.appearance, serverName: "Bücherei & Söhne", accentColor: "#2456c8" },
      reader: { ...frame.reader, name: null },
      title: "Midnight Grammar",
      year: null,
      poster: null,
      play: null,
      reason: { kind: "following" },
      links: { preferencesUrl: null, unsubscribeUrl: null, calendarUrl: null, muteUrl: null },
      episodes: [{ season: 2024, episode: 1150, title: null, minutes: 26 }],
      next: null,
    },
  },
  "episodes-available-worst": {
    kind: "episodes_available",
    props: {
      ...episodes,
      appearance: { ...frame.appearance, accentColor: "#f4f4f4" },
      title: long.repeat(4),
      poster: null,
      episodes: Array.from({ length: 26 }, (_, index) => ({
        season: 1,
        episode: index * 2 + 1,
        title: `${long}${"Donaudampfschifffahrtsgesellschaftskapitän".repeat(5)}`,
        minutes: 48,
      })),
    },
  },
  "episodes-available-rtl": {
    kind: "episodes_available",
    props: {
      ...episodes,
      appearance: { ...frame.appearance, accentColor: "#101010" },
      title: "شارع المد",
      poster: null,
      reader: { ...frame.reader, name: "ليلى" },
      episodes: [{ season: 1, episode: 2, title: "الماء الراكد", minutes: 51 }],
      next: { season: 1, episode: 3, airsAt: new Date("2026-11-27T20:00:00Z") },
    },
  },
  "movie-available": { kind: "movie_available", props: movie },
  "movie-available-4k": {
    kind: "movie_available",
    props: {
      ...movie,
      isFourK: true,
      appearance: { ...frame.appearance, accentColor: "#1f8a5b" },
      poster: null,
      overview: null,
      play: null,
    },
  },
  test: { kind: "test", props: test },
  "not-in-plex": { kind: "not_in_plex", props: missing },
};
