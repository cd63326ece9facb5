import { z } from "zod";
import { type AdminEvent, adminEvents } from "./admin-news";
import { languages } from "./language";
import type { MailContent, MailFrame, MailLinks, TestMailProps } from "./mail";
import { type MaintenanceMailKind, maintenanceMailKinds } from "./maintenance";

/** Mails to look at and to send to oneself: one of each kind, invented, or made from a mail of the past. */

/** The kind of the notification that carries a sample. */
export const sampleKind = "sample";

const userKinds = [
  "episodes_available",
  "movie_available",
  "daily_digest",
  "coming_soon",
  "quality_waiting",
  "issue_received",
  "issue_resolved",
  "personal_link",
] as const;
const adminKinds = ["weekly_summary", "test"] as const;

/** Every kind of mail there is. */
export const mailKinds = [
  ...userKinds,
  ...maintenanceMailKinds,
  ...adminKinds,
  ...adminEvents,
] as const;
export type SampleMailKind = (typeof mailKinds)[number];

/** Whether a mail of the past may stand for its kind: a personal link is nobody else's, and a test tells nothing. */
export const canShowPast = (kind: SampleMailKind): boolean =>
  kind !== "personal_link" && kind !== "test";

/** Who reads mails of a kind. */
export const readerOf = (kind: SampleMailKind): "users" | "admin" =>
  kind === "test" || kind === "weekly_summary" || isEvent(kind) ? "admin" : "users";

/** Which mail: invented, or a notification of the past of this kind. */
export const sampleChoice = z.object({
  kind: z.enum(mailKinds),
  notificationId: z.number().int().positive().nullable(),
});
export type SampleChoice = z.infer<typeof sampleChoice>;

/** How it looks while it is tried; nothing of this has to be saved. */
export const mailLook = z.object({
  MAIL_SERVER_NAME: z.string().max(4000),
  MAIL_ACCENT_COLOR: z.string().max(4000),
  MAIL_LOGO_URL: z.string().max(4000),
  // Samples that were planned before there were languages have none.
  MAIL_LANGUAGE: z.enum(languages).default("en"),
});
export type MailLook = z.infer<typeof mailLook>;

/** What the notification of a sample keeps. */
export const sampleFacts = z.object({ choice: sampleChoice, look: mailLook });

const isEvent = (kind: SampleMailKind): kind is AdminEvent =>
  (adminEvents as readonly string[]).includes(kind);

const hour = 60 * 60_000;
const day = 24 * hour;

/** The title that the invented mail of a kind tells of; null when it tells of none. */
function inventedTitle(kind: SampleMailKind): string | null {
  switch (kind) {
    case "episodes_available":
    case "issue_received":
    case "issue_resolved":
      return "Tidewater Road";
    case "movie_available":
      return "Last Ferry North";
    case "coming_soon":
      return "A Quiet Orbit";
    case "quality_waiting":
      return "Copper Valley";
    case "not_in_plex":
      return "Saltmarsh";
    default:
      return null;
  }
}

/** Where the poster of an invented mail is found, as a poster's path is written; null when it shows none. */
export function inventedPosterPath(kind: SampleMailKind): string | null {
  const title = inventedTitle(kind);
  return title && `/invented-${title.toLowerCase().replaceAll(" ", "-")}.png`;
}

/** Whether a poster's path is one of those: whoever asks for another gets none drawn. */
export const isInventedPoster = (posterPath: string): boolean =>
  mailKinds.some((kind) => inventedPosterPath(kind) === posterPath);

/**
 * An invented mail of a kind. `test` is what a test mail says about the mail server, `posterSrc` where the mail program
 * finds the poster, null for none.
 */
export function sampleMail(
  kind: SampleMailKind,
  frame: MailFrame,
  links: MailLinks & { dashboardUrl: string | null; settingsUrl: string | null },
  test: Pick<TestMailProps, "to" | "from" | "smtp">,
  posterSrc: string | null,
): MailContent {
  const now = frame.writtenAt.getTime();
  const at = (offset: number) => new Date(now + offset);
  const user: MailFrame = { ...frame, reader: { ...frame.reader, name: "Anna" } };
  const title = inventedTitle(kind) ?? "";
  const poster = posterSrc ? { src: posterSrc, alt: null } : null;
  const show = { title, year: 2024, isFourK: false, poster };
  const movie = { ...show, year: 2026 };
  const play = { webUrl: "https://app.plex.tv/desktop", appUrl: null };
  const reason = { kind: "requested" as const, at: at(-20 * day) };
  const issue = {
    ...user,
    ...show,
    problem: "audio" as const,
    mediaType: "tv" as const,
    season: 3,
    episode: 4,
    message: "From minute 12 on the sound is half a second late.",
    reportedAt: at(-2 * day),
    links,
  };
  switch (kind) {
    case "episodes_available":
      return {
        kind,
        props: {
          ...user,
          ...show,
          play,
          reason,
          links,
          episodes: [
            { season: 3, episode: 3, title: "Neap", minutes: 52 },
            { season: 3, episode: 4, title: "The Pilot Boat", minutes: 49 },
            { season: 3, episode: 5, title: "Slack Water", minutes: 54 },
          ],
          next: { season: 3, episode: 6, airsAt: at(5 * day) },
        },
      };
    case "movie_available":
      return {
        kind,
        props: {
          ...user,
          ...movie,
          play,
          reason,
          links: { ...links, muteUrl: null },
          minutes: 114,
          overview:
            "A deckhand takes the night crossing home and finds a passenger who should not be aboard.",
        },
      };
    case "daily_digest":
      return {
        kind,
        props: {
          ...user,
          links,
          titles: [
            {
              title: "Last Ferry North",
              year: 2026,
              isFourK: false,
              play,
              what: { kind: "movie", minutes: 114 },
            },
            {
              title: "Tidewater Road",
              year: 2024,
              isFourK: false,
              play,
              what: {
                kind: "episodes",
                episodes: [3, 4, 5].map((episode) => ({
                  season: 3,
                  episode,
                  title: null,
                  minutes: 52,
                })),
              },
            },
          ],
        },
      };
    case "coming_soon":
      return {
        kind,
        props: {
          ...user,
          ...movie,
          mediaType: "movie",
          reason: { kind: "requested", at: at(-day) },
          links,
          at: at(12 * day),
          release: "digital",
          season: null,
          movedFrom: null,
          inCinemasSince: at(-50 * day),
        },
      };
    case "quality_waiting":
      return {
        kind,
        props: {
          ...user,
          ...show,
          mediaType: "movie",
          reason: { kind: "requested", at: at(-2 * day) },
          links,
          because: "missing",
          quality: "1080p",
          episodes: [],
          askedAt: at(-2 * day),
          since: at(-2 * day),
        },
      };
    case "issue_received":
      return { kind, props: { ...issue, next: "searching", quality: null, play: null } };
    case "issue_resolved":
      return { kind, props: { ...issue, next: null, quality: "WEBDL-1080p", play } };
    case "personal_link":
      return {
        kind,
        props: { ...user, pageUrl: links.preferencesUrl ?? play.webUrl, follow: null, links },
      };
    case "maintenance_announced":
    case "maintenance_reminder":
    case "maintenance_done":
    case "maintenance_cancelled":
      return { kind: "maintenance", props: { ...user, ...breakOf(kind, now), links } };
    case "test":
      return { kind, props: { ...frame, ...test, links } };
    case "weekly_summary":
      return { kind, props: { ...frame, week: weekUntil(now, frame.reader.timeZone), links } };
    case "not_in_plex":
      return {
        kind,
        props: {
          ...frame,
          ...show,
          what: {
            kind: "episodes",
            episodes: [{ season: 1, episode: 3, title: "Brackish", minutes: 44 }],
          },
          instance: "Sonarr",
          files: [
            {
              path: "/data/tv/Saltmarsh/Season 01/Saltmarsh - S01E03 - Brackish WEBDL-1080p.mkv",
              importedAt: at(-day),
            },
          ],
          waiting: ["Anna", "Jonas", "Mira"],
          links,
        },
      };
    default: {
      const { path, label, ...news } = adminSamples[kind];
      const url = links.dashboardUrl && `${links.dashboardUrl}${path}`;
      return {
        kind: "admin_alert",
        props: {
          ...frame,
          ...news,
          event: kind,
          action: url ? { url, label } : null,
          poster: null,
          links,
        },
      };
    }
  }
}

function breakOf(kind: MaintenanceMailKind, now: number) {
  const news = kind.slice("maintenance_".length) as "announced" | "reminder" | "done" | "cancelled";
  const startsIn = news === "reminder" ? hour : news === "done" ? -3 * hour : 4 * day;
  return {
    news,
    title: "New disks",
    paragraphs:
      news === "done" ? [] : ["The server moves to larger disks. Films that play then stop."],
    startsAt: new Date(now + startsIn),
    endsAt: new Date(now + startsIn + 3 * hour),
    finishedAt: news === "done" || news === "cancelled" ? new Date(now) : null,
    before: null,
  };
}

function weekUntil(now: number, timeZone: string) {
  const at = (offset: number) => new Date(now + offset);
  return {
    from: at(-7 * day),
    until: at(0),
    timeZone,
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
    ],
    others: { people: 5, mails: 33 },
    requests: { made: 23, fulfilled: 19 },
    minutesToWatchable: 540,
    minutesToTold: 6.2,
    issues: { reported: 2, resolved: 1, open: 1 },
    needs: [{ state: "plex_cannot_see", title: "Saltmarsh", since: at(-day), path: "/requests" }],
    waiting: [{ title: "Kestrel Down", state: "looking", since: at(-12 * day) }],
  };
}

type SampleNews = {
  subject: string;
  headline: string;
  lines: string[];
  rows: { label: string; value: string }[];
  path: string;
  label: string;
};

const health = { path: "/system", label: "Open health" };

const adminSamples: Record<Exclude<AdminEvent, "not_in_plex">, SampleNews> = {
  issue_reported: {
    subject: "Anna reported the sound of Tidewater Road",
    headline: "Anna reported bad sound",
    lines: ["“From minute 12 on the sound is half a second late.”"],
    rows: [{ label: "Title", value: "Tidewater Road, season 3, episode 4" }],
    path: "/issues",
    label: "Open the issue",
  },
  stuck_downloads: {
    subject: "A download is stuck: Saltmarsh",
    headline: "A download is stuck",
    lines: ["It has not moved for four hours."],
    rows: [{ label: "Saltmarsh, season 1, episode 3", value: "no seeds" }],
    path: "/system",
    label: "Open downloads",
  },
  repairs_made: {
    subject: "A release was replaced: Saltmarsh",
    headline: "A release was replaced",
    lines: ["Its archive was broken. Another one is being searched for."],
    rows: [{ label: "Saltmarsh, season 1, episode 3", value: "archive is corrupt" }],
    path: "/system",
    label: "Open downloads",
  },
  service_down: {
    subject: "Sonarr is down",
    headline: "Sonarr does not answer",
    lines: ["What it imports meanwhile is made up for when it is back."],
    rows: [
      { label: "Address", value: "sonarr:8989" },
      { label: "Answer", value: "connection refused" },
    ],
    ...health,
  },
  service_recovered: {
    subject: "Sonarr works again",
    headline: "Sonarr answers again",
    lines: ["It was away for 40 minutes."],
    rows: [{ label: "Address", value: "sonarr:8989" }],
    ...health,
  },
  queue_not_draining: {
    subject: "Jobs are waiting",
    headline: "Jobs have waited for 20 minutes",
    lines: ["The worker may have stopped."],
    rows: [{ label: "Waiting", value: "12 jobs" }],
    ...health,
  },
  webhook_silence: {
    subject: "Webhooks of Sonarr are missing",
    headline: "Sonarr imports, but does not say so",
    lines: ["Its webhook may be switched off, or point to another address."],
    rows: [{ label: "Imports without a webhook", value: "3" }],
    ...health,
  },
  disk_low: {
    subject: "The disk is nearly full",
    headline: "The disk of the config folder is nearly full",
    lines: ["Without space neither mails nor webhooks can be kept."],
    rows: [{ label: "Free", value: "312 MB" }],
    ...health,
  },
  worker_silent: {
    subject: "The worker is silent",
    headline: "The worker gives no sign of life",
    lines: ["No mail leaves until it is started again."],
    rows: [{ label: "Last seen", value: "15 minutes ago" }],
    ...health,
  },
  mails_held: {
    subject: "14 mails are on hold",
    headline: "14 mails are on hold",
    lines: ["A usual check sends 1 or 2. Look before they go."],
    rows: [{ label: "People", value: "8" }],
    path: "/notifications/held",
    label: "Look at them",
  },
  backup_failed: {
    subject: "The backup failed",
    headline: "The backup could not be written",
    lines: ["The one before it is still there."],
    rows: [{ label: "Because", value: "no space left on the device" }],
    path: "/backups",
    label: "Open backups",
  },
};

/** The same mail with nothing in it by which one could act for the person it was for. */
export function withoutPersonalLinks(
  mail: MailContent,
  links: MailLinks & { dashboardUrl: string | null; settingsUrl: string | null },
): MailContent {
  return { ...mail, props: { ...mail.props, links } } as MailContent;
}
