import type { Language } from "@/lib/domain/language";
import type {
  AdminAlertProps,
  ComingSoonProps,
  DailyDigestProps,
  EpisodesAvailableProps,
  IssueMailProps,
  MailContent,
  MailEpisode,
  MailFrame,
  MaintenanceProps,
  MovieAvailableProps,
  NotInPlexProps,
  QualityWaitingProps,
  TestMailProps,
  WeeklySummaryProps,
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

/** The same mail, to somebody who reads another language. */
export const inLanguage = (mail: MailContent, language: Language): MailContent =>
  ({
    ...mail,
    props: { ...mail.props, reader: { ...mail.props.reader, language } },
  }) as MailContent;

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

/** A movie that comes out for home viewing in two weeks. */
export const soon: ComingSoonProps = {
  ...frame,
  reader: { ...frame.reader, name: "Luis" },
  mediaType: "movie",
  title: "A Quiet Orbit",
  year: 2026,
  isFourK: false,
  poster,
  reason: { kind: "requested", at: new Date("2026-11-21T10:00:00Z") },
  links: { ...links, muteUrl: null },
  at: new Date("2026-12-04T00:00:00Z"),
  release: "digital",
  season: null,
  movedFrom: null,
  inCinemasSince: new Date("2026-10-02T00:00:00Z"),
};

/** A movie nobody offers in the wanted quality. */
export const looking: QualityWaitingProps = {
  ...frame,
  reader: { ...frame.reader, name: "Ben" },
  mediaType: "movie",
  title: "Copper Valley",
  year: 2024,
  isFourK: false,
  poster,
  reason: { kind: "requested", at: new Date("2026-11-20T10:00:00Z") },
  links: { ...links, muteUrl: null },
  because: "missing",
  quality: "1080p",
  episodes: [],
  askedAt: new Date("2026-11-20T10:00:00Z"),
  since: new Date("2026-11-20T10:00:00Z"),
};

/** A day with a film, a show and a title that runs from right to left. */
export const digest: DailyDigestProps = {
  ...frame,
  titles: [
    {
      title: "Last Ferry North",
      year: 2026,
      isFourK: true,
      play: plex(88),
      what: { kind: "movie", minutes: 114 },
    },
    {
      title: "Tidewater Road",
      year: 2024,
      isFourK: false,
      play: plex(1204),
      what: { kind: "episodes", episodes: unnamedEpisodes(3, 3, 5) },
    },
    {
      title: "شارع المد",
      year: null,
      isFourK: false,
      play: null,
      what: { kind: "episodes", episodes: unnamedEpisodes(1, 2, 2) },
    },
  ],
  links: { ...links, muteUrl: null },
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

/** A report about the sound of one episode. */
export const issue: IssueMailProps = {
  ...frame,
  title: "Tidewater Road",
  year: 2024,
  isFourK: false,
  poster,
  problem: "audio",
  mediaType: "tv",
  season: 3,
  episode: 4,
  message: "From minute 12 on the sound is half a second late.",
  reportedAt: new Date("2026-11-20T18:00:00Z"),
  next: "searching",
  quality: null,
  play: null,
  links: { ...links, muteUrl: null },
};

/** A break that is announced. */
export const maintenance: MaintenanceProps = {
  ...frame,
  news: "announced",
  title: "New disks",
  paragraphs: [
    "The cinema moves to larger disks. Films that play when it begins stop, and go on where they were.",
    "Write to me if you need something before.",
  ],
  startsAt: new Date("2026-11-28T19:00:00Z"),
  endsAt: new Date("2026-11-28T22:30:00Z"),
  finishedAt: null,
  before: null,
  links,
};

/** A service that does not answer. */
export const alert: AdminAlertProps = {
  ...frame,
  reader: { name: null, language: "en", timeZone: "Europe/Berlin" },
  event: "service_down",
  subject: "Sonarr is down",
  headline: "Sonarr does not answer",
  lines: [
    "It refused the connection twice in a row, so nothing it imports is noticed now.",
    "What it imports meanwhile is made up for when it is back.",
  ],
  rows: [
    { label: "Address", value: "sonarr:8989" },
    { label: "Since", value: "Sunday 22 November at 20:11 CET" },
    { label: "Answer", value: "connection refused" },
  ],
  action: { url: `${base}/system`, label: "Open health" },
  poster: null,
  links: adminLinks,
};

/** A week with everything in it. */
export const week: WeeklySummaryProps = {
  ...frame,
  reader: { name: null, language: "en", timeZone: "Europe/Berlin" },
  week: {
    from: new Date("2026-11-15T08:00:00Z"),
    until: new Date("2026-11-22T08:00:00Z"),
    timeZone: "Europe/Berlin",
    mails: {
      total: 64,
      before: 57,
      perDay: [12, 6, 3, 9, 6, 14, 14],
      byKind: [
        { kind: "episodes_available", count: 47 },
        { kind: "movie_available", count: 11 },
        { kind: "coming_soon", count: 4 },
        { kind: "quality_waiting", count: 2 },
      ],
      failed: 1,
    },
    people: [
      { name: "Anna", count: 17, titles: ["Tidewater Road", "Midnight Grammar"] },
      { name: "Jonas", count: 14, titles: ["Saltmarsh", "Tidewater Road"] },
      { name: "Mira", count: 11, titles: ["Paper Lantern District"] },
    ],
    others: { people: 5, mails: 22 },
    requests: { made: 23, fulfilled: 19 },
    minutesToWatchable: 540,
    minutesToTold: 6.2,
    issues: { reported: 2, resolved: 1, open: 1 },
    needs: [
      {
        state: "plex_cannot_see",
        title: "Saltmarsh",
        since: new Date("2026-11-21T21:40:00Z"),
        path: "/requests/42",
      },
    ],
    waiting: [
      { title: "Kestrel Down", state: "looking", since: new Date("2026-11-10T08:00:00Z") },
      {
        title: "The Winter Cabinet",
        state: "downloading",
        since: new Date("2026-11-13T08:00:00Z"),
      },
    ],
  },
  links: adminLinks,
};

const long =
  "The Extraordinarily Long and Winding Account of the Lighthouse Keeper’s Second Daughter, Her Seven Correspondents and the Winter Nobody Wrote Home ";

/** Every mail the preview draws, by file name. */
export const samples: Record<string, MailContent> = {
  "personal-link": {
    kind: "personal_link",
    props: { ...frame, pageUrl: links.preferencesUrl, follow: null, links },
  },
  "personal-link-follow": {
    kind: "personal_link",
    props: { ...frame, pageUrl: `${base}/u/t0k3n/follow/7`, follow: "Tidewater Road", links },
  },
  "issue-received": { kind: "issue_received", props: issue },
  "issue-received-other": {
    kind: "issue_received",
    props: {
      ...issue,
      problem: "other",
      mediaType: "movie",
      title: "Last Ferry North",
      year: 2026,
      isFourK: true,
      poster: null,
      season: null,
      episode: null,
      message: "<script>alert(1)</script> It is a recording from the cinema & the picture shakes.",
      next: "admin",
    },
  },
  "issue-resolved": {
    kind: "issue_resolved",
    props: { ...issue, next: null, quality: "WEBDL-1080p", play: plex(1204) },
  },
  "maintenance-announced": { kind: "maintenance", props: maintenance },
  "maintenance-changed": {
    kind: "maintenance",
    props: {
      ...maintenance,
      endsAt: new Date("2026-11-29T02:00:00Z"),
      before: {
        startsAt: new Date("2026-11-27T19:00:00Z"),
        endsAt: new Date("2026-11-27T22:30:00Z"),
      },
    },
  },
  "maintenance-reminder": { kind: "maintenance", props: { ...maintenance, news: "reminder" } },
  "maintenance-done": {
    kind: "maintenance",
    props: {
      ...maintenance,
      news: "done",
      paragraphs: [],
      finishedAt: new Date("2026-11-28T21:10:00Z"),
    },
  },
  "maintenance-cancelled": { kind: "maintenance", props: { ...maintenance, news: "cancelled" } },
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
  "daily-digest": { kind: "daily_digest", props: digest },
  "daily-digest-worst": {
    kind: "daily_digest",
    props: {
      ...digest,
      titles: Array.from({ length: 40 }, () => ({
        ...digest.titles[0],
        title: long.repeat(3),
        year: 2024,
        isFourK: true,
        play: plex(7),
        what: { kind: "episodes" as const, episodes: unnamedEpisodes(2, 1, 10) },
      })),
    },
  },
  "coming-soon": { kind: "coming_soon", props: soon },
  "coming-soon-moved": {
    kind: "coming_soon",
    props: { ...soon, movedFrom: soon.at, at: new Date("2027-01-15T00:00:00Z") },
  },
  "coming-soon-season": {
    kind: "coming_soon",
    props: {
      ...soon,
      mediaType: "tv",
      title: "Tidewater Road",
      year: 2024,
      isFourK: true,
      poster: null,
      reader: { name: null, language: "en", timeZone: "America/New_York" },
      reason: { kind: "attached", by: null, at: null },
      links,
      at: new Date("2027-01-09T02:00:00Z"),
      release: "air",
      season: 4,
      inCinemasSince: null,
    },
  },
  "quality-waiting": { kind: "quality_waiting", props: looking },
  "quality-waiting-cutoff": {
    kind: "quality_waiting",
    props: { ...looking, because: "cutoff", quality: "4K", isFourK: true, poster: null },
  },
  "quality-waiting-episodes": {
    kind: "quality_waiting",
    props: {
      ...looking,
      mediaType: "tv",
      title: "Saltmarsh",
      quality: null,
      links,
      askedAt: null,
      episodes: [3, 4, 5, 8].map((episode) => ({ season: 2, episode })),
    },
  },
  "weekly-summary": { kind: "weekly_summary", props: week },
  "weekly-summary-quiet": {
    kind: "weekly_summary",
    props: {
      ...week,
      week: {
        ...week.week,
        mails: { total: 0, before: null, perDay: [0, 0, 0, 0, 0, 0, 0], byKind: [], failed: 0 },
        people: [],
        others: { people: 0, mails: 0 },
        requests: { made: 0, fulfilled: 0 },
        minutesToWatchable: null,
        minutesToTold: null,
        issues: null,
        needs: [],
        waiting: [],
      },
      links: { dashboardUrl: null, settingsUrl: null },
    },
  },
  "weekly-summary-worst": {
    kind: "weekly_summary",
    props: {
      ...week,
      appearance: { ...frame.appearance, accentColor: "#f4f4f4" },
      week: {
        ...week.week,
        people: Array.from({ length: 5 }, (_, index) => ({
          name: `${index} ${long}`,
          count: 1000 + index,
          titles: [long, "شارع المد"],
        })),
        needs: Array.from({ length: 50 }, (_, index) => ({
          state: "mail_held",
          title: `${index} ${long}`,
          since: new Date("2026-11-21T21:40:00Z"),
          path: `/requests/${index}`,
        })),
        waiting: Array.from({ length: 5 }, (_, index) => ({
          title: `${index} ${long}`,
          state: "waiting_plex",
          since: new Date("2025-01-01T08:00:00Z"),
        })),
      },
    },
  },
  test: { kind: "test", props: test },
  "not-in-plex": { kind: "not_in_plex", props: missing },
  "admin-alert": { kind: "admin_alert", props: alert },
  "admin-alert-title": {
    kind: "admin_alert",
    props: {
      ...alert,
      event: "stuck_downloads",
      subject: "3 downloads are stuck",
      headline: "Three downloads are stuck",
      lines: ["They have not moved for four hours."],
      rows: Array.from({ length: 30 }, (_, index) => ({
        label: `Tidewater Road, season 3, episode ${index + 1}`,
        value: `/downloads/${"Tidewater.Road.S03.".repeat(6)}mkv: no files found are eligible for import`,
      })),
      poster,
    },
  },
};
