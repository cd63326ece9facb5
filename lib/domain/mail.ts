/**
 * What a mail says, as plain data. Services fill it in, `emails/` draws it: nothing here is HTML, and nothing here
 * has to be escaped. Every link may be null (no PUBLIC_BASE_URL, no Plex): then the mail leaves it out.
 */

/** Languages there is a catalogue for. */
export type MailLanguage = "en";

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
  language: MailLanguage;
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

/** One mail, ready to be rendered. */
export type MailContent =
  | { kind: "episodes_available"; props: EpisodesAvailableProps }
  | { kind: "movie_available"; props: MovieAvailableProps }
  | { kind: "test"; props: TestMailProps }
  | { kind: "not_in_plex"; props: NotInPlexProps };

export type MailKind = MailContent["kind"];

/** What goes to SMTP. The subject is one clean line of at most 120 characters. */
export type RenderedMail = { subject: string; html: string; text: string };
