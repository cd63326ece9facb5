/**
 * What a mail says, as plain data. Services fill it in, `emails/` draws it: nothing here is HTML, and nothing here
 * has to be escaped. Every link may be null (no PUBLIC_BASE_URL, no Plex): then the mail leaves it out.
 */

import type { AdminEvent } from "./admin-news";
import type { Language } from "./language";
import type { WeeklyFacts } from "./weekly-facts";

/** How the admin wants all mails to look. */
export type MailAppearance = {
  serverName: string;
  /** `#rrggbb`; anything else falls back to the default colour. */
  accentColor: string;
  /** Square picture, https; null shows the first letter of the server's name. */
  logoUrl: string | null;
};

/** The one person a mail is for. */
export type MailReader = {
  /** How to address them; null leaves the name out. */
  name: string | null;
  /** Of mails to people; those to the admin are in English, as the dashboard is. */
  language: Language;
  /** IANA name such as `Europe/Berlin`; unknown names count as UTC. */
  timeZone: string;
};

/** What all mails need besides their news. */
export type MailFrame = {
  appearance: MailAppearance;
  reader: MailReader;
  /** When it is written: decides whether a date needs its year. */
  writtenAt: Date;
};

/** Footer links of a mail to a user. */
export type MailLinks = {
  preferencesUrl: string | null;
  unsubscribeUrl: string | null;
  calendarUrl: string | null;
  muteUrl: string | null;
};

/** Of a mail whose links are not known, or that has none. */
export const noMailLinks: MailLinks = {
  preferencesUrl: null,
  unsubscribeUrl: null,
  calendarUrl: null,
  muteUrl: null,
};

/** Footer links of a mail to the admin. */
export type AdminMailLinks = {
  dashboardUrl: string | null;
  settingsUrl: string | null;
};

/** `src` is an https address or `cid:` of an attachment; `alt` null says "Poster of …" in the reader's language. */
export type MailPoster = { src: string; alt: string | null };

/**
 * Where the title opens. `webUrl` is the page at app.plex.tv; `appUrl` opens the app on a phone and must be https
 * as well, because mail programs strip `plex://`.
 */
export type MailPlayLink = { webUrl: string; appUrl: string | null };

/** Why this person gets the mail. */
export type MailReason =
  | { kind: "requested"; at: Date | null }
  | { kind: "attached"; by: string | null; at: Date | null }
  | { kind: "following" };

export type MailEpisode = {
  /** 0 is the specials. */
  season: number;
  episode: number;
  /** Null, empty and placeholders such as "TBA" are shown as the number alone. */
  title: string | null;
  minutes: number | null;
};

/** The next episode that is known to come. */
export type MailNextEpisode = { season: number; episode: number; airsAt: Date };

type TitleFacts = {
  title: string;
  year: number | null;
  isFourK: boolean;
  poster: MailPoster | null;
};

type UserMailFacts = {
  /** Null when Plex is not connected: the mail then has no button. */
  play: MailPlayLink | null;
  reason: MailReason;
  links: MailLinks;
};

export type EpisodesAvailableProps = MailFrame &
  TitleFacts &
  UserMailFacts & {
    /** At least one, in any order. */
    episodes: readonly MailEpisode[];
    next: MailNextEpisode | null;
  };

export type MovieAvailableProps = MailFrame &
  TitleFacts &
  UserMailFacts & {
    minutes: number | null;
    overview: string | null;
  };

/** One title of a daily mail. */
export type DigestTitle = Pick<TitleFacts, "title" | "year" | "isFourK"> & {
  play: MailPlayLink | null;
  what:
    | { kind: "movie"; minutes: number | null }
    | { kind: "episodes"; episodes: readonly MailEpisode[] };
};

/** To who wants one mail a day: everything that became ready since. */
export type DailyDigestProps = MailFrame & {
  /** At least one, in order. */
  titles: readonly DigestTitle[];
  links: MailLinks;
};

export type TestMailProps = MailFrame & {
  to: string;
  from: string;
  smtp: { host: string; port: number; security: "starttls" | "ssl" | "none" };
  links: AdminMailLinks;
};

/** To the admin: files were imported, but Plex did not show them by the deadline. */
export type NotInPlexProps = MailFrame &
  TitleFacts & {
    what: { kind: "movie" } | { kind: "episodes"; episodes: readonly MailEpisode[] };
    /** Name of the Sonarr or Radarr that imported it. */
    instance: string;
    /** At least one, oldest first. */
    files: readonly { path: string; importedAt: Date }[];
    /** Names of those whose mail waits for this. */
    waiting: readonly string[];
    links: AdminMailLinks;
  };

/** To the admin: any other news, in words. */
export type AdminAlertProps = MailFrame & {
  event: AdminEvent;
  subject: string;
  headline: string;
  /** Paragraphs. */
  lines: readonly string[];
  rows: readonly { label: string; value: string }[];
  /** Null when there is nothing to do, or no public address to do it at. */
  action: { url: string; label: string } | null;
  poster: MailPoster | null;
  links: AdminMailLinks;
};

/** To every user: a break of the server. */
export type MaintenanceProps = MailFrame & {
  news: "announced" | "reminder" | "done" | "cancelled";
  title: string;
  /** What the admin wrote about it. */
  paragraphs: readonly string[];
  startsAt: Date;
  endsAt: Date;
  /** When it was over or called off; null before. */
  finishedAt: Date | null;
  /** The times this person was told before; null unless they changed. */
  before: { startsAt: Date; endsAt: Date } | null;
  links: MailLinks;
};

/** To a user: the link to their own page, asked for by them or sent by the admin. */
export type PersonalLinkProps = MailFrame & {
  pageUrl: string;
  /** The title they asked to follow, and confirm at the address; null when it is their own page. */
  follow: string | null;
  links: MailLinks;
};

/** What the mails to people who wait have in common; there is nothing to play yet. */
type WaitingMailFacts = MailFrame &
  TitleFacts &
  Omit<UserMailFacts, "play"> & { mediaType: "movie" | "tv" };

/** To a user: their request is in, but not released yet. */
export type ComingSoonProps = WaitingMailFacts & {
  at: Date;
  release: "digital" | "physical" | "cinema" | "air";
  /** The season that begins; null for movies. */
  season: number | null;
  /** The date this person was told before; null the first time. */
  movedFrom: Date | null;
  inCinemasSince: Date | null;
};

/** To a user: it is out, but not to be had in the wanted quality. */
export type QualityWaitingProps = WaitingMailFacts & {
  because: "missing" | "cutoff";
  /** `1080p`, `4K`; null when not known. */
  quality: string | null;
  /** At least one for shows, none for movies. */
  episodes: readonly { season: number; episode: number }[];
  askedAt: Date | null;
  since: Date;
};

/** To the admin, on Sundays: what the week was like. */
export type WeeklySummaryProps = MailFrame & { week: WeeklyFacts; links: AdminMailLinks };

/** To whoever reported a problem: the report arrived, or another file is there. */
export type IssueMailProps = MailFrame &
  TitleFacts & {
    problem: "video" | "audio" | "subtitles" | "other";
    mediaType: "movie" | "tv" | null;
    /** Null: the movie, or all seasons. */
    season: number | null;
    /** Null: the whole season. */
    episode: number | null;
    /** What they wrote. */
    message: string | null;
    reportedAt: Date;
    /** What happens now; null once it is resolved. */
    next: "searching" | "admin" | null;
    /** Of the new file. */
    quality: string | null;
    /** Null while nothing new can be watched. */
    play: MailPlayLink | null;
    links: MailLinks;
  };

/** A mail to one of the people, in their language. */
export type UserMail =
  | { kind: "episodes_available"; props: EpisodesAvailableProps }
  | { kind: "movie_available"; props: MovieAvailableProps }
  | { kind: "daily_digest"; props: DailyDigestProps }
  | { kind: "coming_soon"; props: ComingSoonProps }
  | { kind: "quality_waiting"; props: QualityWaitingProps }
  | { kind: "issue_received"; props: IssueMailProps }
  | { kind: "issue_resolved"; props: IssueMailProps }
  | { kind: "maintenance"; props: MaintenanceProps }
  | { kind: "personal_link"; props: PersonalLinkProps };

/** A mail to the admin. */
export type AdminMail =
  | { kind: "test"; props: TestMailProps }
  | { kind: "not_in_plex"; props: NotInPlexProps }
  | { kind: "weekly_summary"; props: WeeklySummaryProps }
  | { kind: "admin_alert"; props: AdminAlertProps };

/** One mail, ready to be rendered. */
export type MailContent = UserMail | AdminMail;

const adminKinds: ReadonlySet<MailKind> = new Set<AdminMail["kind"]>([
  "test",
  "not_in_plex",
  "weekly_summary",
  "admin_alert",
]);

/** Whether a mail goes to the admin rather than to one of the people. */
export const isAdminMail = (mail: MailContent): mail is AdminMail => adminKinds.has(mail.kind);

export type MailKind = MailContent["kind"];

/** What goes to SMTP. The subject is one clean line of at most 120 characters. */
export type RenderedMail = { subject: string; preheader: string; html: string; text: string };
