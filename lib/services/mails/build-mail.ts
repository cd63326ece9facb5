import { type AdminEvent, adminNewsFacts, isNewsKind } from "@/lib/domain/admin-news";
import { availableMail, mailEpisodes, type ToldItem } from "@/lib/domain/available-mail";
import { byTitle, digestKind, digestMail, type ToldTitle } from "@/lib/domain/digest-mail";
import {
  type IssueMailKind,
  isIssueMail,
  issueMail,
  issueMailFacts,
} from "@/lib/domain/issue-mail";
import {
  type MailContent,
  type MailFrame,
  type MailLinks,
  type MailPlayLink,
  type MailReason,
  noMailLinks,
} from "@/lib/domain/mail";
import {
  isMaintenanceMail,
  type MaintenanceFacts,
  type MaintenanceMailKind,
  maintenanceFacts,
} from "@/lib/domain/maintenance";
import { logoSource } from "@/lib/domain/picture";
import { plexWebLink } from "@/lib/domain/plex-link";
import { qualityMail } from "@/lib/domain/quality-mail";
import { isQualityKind, type QualityKind } from "@/lib/domain/quality-notices";
import { weeklyFacts } from "@/lib/domain/weekly-facts";
import { AppError } from "@/lib/errors";
import type { Executor } from "@/lib/store/db";
import { listMediaItems, type MediaItem } from "@/lib/store/media-items";
import { listNotificationItems, type Notification } from "@/lib/store/notifications";
import { findRatingKeys } from "@/lib/store/plex-index";
import type { Request, Watcher } from "@/lib/store/requests";
import type { User } from "@/lib/store/users";
import type { Config } from "../load-config";
import { notInPlexFacts } from "../plex/not-in-plex-facts";
import { dashboardLink, publicAddress } from "../public-address";
import {
  confirmFollowPage,
  openInPlexPage,
  personalLinks,
  personalPage,
} from "../users/personal-links";
import { buildWeekly } from "./build-weekly";
import type { MailFacts } from "./mail-facts";

/**
 * What a notification says, read anew: titles, links and the next episode are those of now. `posterSrc` is where the
 * mail program finds the poster, null for none.
 */
export async function buildMail(
  executor: Executor,
  config: Config,
  notification: Notification,
  facts: MailFacts,
  posterSrc: string | null,
  now: Date,
): Promise<MailContent> {
  switch (notification.kind) {
    case "episodes_available":
    case "movie_available":
      return buildAvailable(executor, config, facts, posterSrc, now);
    case digestKind:
      return buildDigest(executor, config, facts, now);
    case "test":
      return buildTest(config, notification, now);
    case "personal_link": {
      const follow = facts.request && { requestId: facts.request.id, title: facts.request.title };
      const mail = facts.user && personalLinkMail(config, facts.user, follow, now);
      if (!mail) throw new AppError("not_configured", "There is no page to link to");
      return mail;
    }
    case "not_in_plex":
      return buildNotInPlex(executor, config, notification, posterSrc, now);
    case "weekly_summary": {
      const frame = mailFrame(config, null, now);
      return buildWeekly(config, frame, weeklyFacts.parse(notification.facts));
    }
    default:
      if (isQualityKind(notification.kind)) {
        return buildQuality(config, notification.kind, notification, facts, posterSrc, now);
      }
      if (isIssueMail(notification.kind)) {
        return buildIssue(executor, config, notification.kind, notification, facts, posterSrc, now);
      }
      if (isMaintenanceMail(notification.kind)) {
        return buildMaintenance(config, notification, facts, now);
      }
      if (isNewsKind(notification.kind)) {
        return buildAdminAlert(config, notification.kind, notification, posterSrc, now);
      }
      throw new AppError("internal", `There is no mail of the kind ${notification.kind}`);
  }
}

/** How every mail looks and whom it addresses. */
export function mailFrame(config: Config, user: User | null, now: Date): MailFrame {
  const { MAIL_SERVER_NAME, MAIL_ACCENT_COLOR, MAIL_LOGO, MAIL_LOGO_URL } = config.settings;
  return {
    appearance: {
      serverName: MAIL_SERVER_NAME,
      accentColor: MAIL_ACCENT_COLOR,
      logoUrl: logoSource(MAIL_LOGO) ?? (MAIL_LOGO_URL || null),
    },
    reader: {
      name: user ? firstName(user.displayName) : null,
      // Admins read English, as on the dashboard.
      language: user ? (user.language ?? config.settings.MAIL_LANGUAGE) : "en",
      timeZone: user?.timeZone ?? config.timeZone,
    },
    writtenAt: now,
  };
}

async function buildAvailable(
  executor: Executor,
  config: Config,
  { user, watcher, request, media: items, machineId, next }: MailFacts,
  posterSrc: string | null,
  now: Date,
): Promise<MailContent> {
  const [first, ...rest] = items;
  if (!first) throw new AppError("internal", "The mail names nothing to watch");
  return availableMail({
    frame: mailFrame(config, user, now),
    items: [toTold(first), ...rest.map(toTold)],
    overview: request?.overview ?? null,
    poster: posterSrc ? { src: posterSrc, alt: null } : null,
    play: await playLink(executor, config, items, machineId),
    reason: reasonFor(watcher, request),
    // A film that is ready has no more news to mute.
    links: user
      ? userLinks(config, user, first.kind === "episode" ? (request?.id ?? null) : null)
      : noMailLinks,
    next,
  });
}

async function buildDigest(
  executor: Executor,
  config: Config,
  { user, media: items, machineId }: MailFacts,
  now: Date,
): Promise<MailContent> {
  if (items.length === 0) throw new AppError("internal", "The mail names nothing to watch");
  const titles: ToldTitle[] = [];
  for (const [first, ...rest] of byTitle(items)) {
    const play = await playLink(executor, config, [first, ...rest], machineId);
    titles.push({ items: [toTold(first), ...rest.map(toTold)], play });
  }
  const links = user ? userLinks(config, user, null) : noMailLinks;
  return digestMail({ frame: mailFrame(config, user, now), titles, links });
}

function buildQuality(
  config: Config,
  kind: QualityKind,
  notification: Notification,
  { user, watcher, request }: MailFacts,
  posterSrc: string | null,
  now: Date,
): MailContent {
  if (!request) throw new AppError("internal", "The mail names no request");
  const { mediaType, title, year, isFourK } = request;
  const common = {
    ...mailFrame(config, user, now),
    mediaType,
    title,
    year,
    isFourK,
    poster: posterSrc ? { src: posterSrc, alt: null } : null,
    reason: reasonFor(watcher, request),
    links: user ? userLinks(config, user, request.id) : noMailLinks,
  };
  return qualityMail(kind, notification.facts, common, request.requestedAt);
}

async function buildIssue(
  executor: Executor,
  config: Config,
  kind: IssueMailKind,
  notification: Notification,
  { user, machineId }: MailFacts,
  posterSrc: string | null,
  now: Date,
): Promise<MailContent> {
  const facts = issueMailFacts.parse(notification.facts);
  const isResolved = kind === "issue_resolved";
  const items = isResolved ? await listMediaItems(executor, facts.mediaKeys) : [];
  return issueMail(kind, facts, {
    ...mailFrame(config, user, now),
    poster: posterSrc ? { src: posterSrc, alt: null } : null,
    play: await playLink(executor, config, items, machineId),
    links: user ? userLinks(config, user) : noMailLinks,
  });
}

const newsOfKind: Record<MaintenanceMailKind, "announced" | "reminder" | "done" | "cancelled"> = {
  maintenance_announced: "announced",
  maintenance_reminder: "reminder",
  maintenance_done: "done",
  maintenance_cancelled: "cancelled",
};

function buildMaintenance(
  config: Config,
  notification: Notification,
  { user }: MailFacts,
  now: Date,
): MailContent {
  const kind = notification.kind as MaintenanceMailKind;
  return maintenanceMail(config, user, kind, maintenanceFacts.parse(notification.facts), now);
}

/** A mail about a maintenance window, from its facts alone. */
export function maintenanceMail(
  config: Config,
  user: User | null,
  kind: MaintenanceMailKind,
  { windowId: _, text, ...facts }: MaintenanceFacts,
  now: Date,
): MailContent {
  return {
    kind: "maintenance",
    props: {
      ...mailFrame(config, user, now),
      ...facts,
      news: newsOfKind[kind],
      paragraphs: text.split(/\n+/),
      links: user ? userLinks(config, user) : noMailLinks,
    },
  };
}

/** The mail with a person's own link, or with one to follow a title; null when there is no public address. */
export function personalLinkMail(
  config: Config,
  user: User,
  follow: { requestId: number; title: string } | null,
  now: Date,
): MailContent | null {
  const pageUrl = follow
    ? confirmFollowPage(config, user, follow.requestId)
    : personalPage(config, user);
  if (pageUrl === null) return null;
  const links = userLinks(config, user);
  const props = { ...mailFrame(config, user, now), pageUrl, follow: follow?.title ?? null, links };
  return { kind: "personal_link", props };
}

function buildTest(config: Config, notification: Notification, now: Date): MailContent {
  const { SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_FROM } = config.settings;
  return {
    kind: "test",
    props: {
      ...mailFrame(config, null, now),
      to: notification.toAddress ?? "",
      from: SMTP_FROM,
      smtp: { host: SMTP_HOST, port: SMTP_PORT, security: SMTP_SECURITY },
      links: adminLinks(config),
    },
  };
}

async function buildNotInPlex(
  executor: Executor,
  config: Config,
  notification: Notification,
  posterSrc: string | null,
  now: Date,
): Promise<MailContent> {
  const rows = await listNotificationItems(executor, notification.id);
  const items = await listMediaItems(
    executor,
    rows.map((row) => row.mediaKey),
  );
  const [first] = items;
  if (!first) throw new AppError("internal", "The mail names no file");
  const facts = notInPlexFacts.parse(notification.facts);
  return {
    kind: "not_in_plex",
    props: {
      ...mailFrame(config, null, now),
      title: first.title,
      year: first.year,
      isFourK: first.isFourK,
      poster: posterSrc ? { src: posterSrc, alt: null } : null,
      what:
        first.kind === "movie"
          ? { kind: "movie" }
          : { kind: "episodes", episodes: mailEpisodes(items) },
      instance: facts.instance,
      files: items.map((item) => ({
        path: item.filePath ?? "path not known",
        importedAt: item.importedAt ?? now,
      })),
      waiting: facts.waiting,
      links: adminLinks(config),
    },
  };
}

function buildAdminAlert(
  config: Config,
  event: AdminEvent,
  notification: Notification,
  posterSrc: string | null,
  now: Date,
): MailContent {
  const { action, ...news } = adminNewsFacts.parse(notification.facts);
  const url = action && dashboardLink(config, action.path);
  return {
    kind: "admin_alert",
    props: {
      ...mailFrame(config, null, now),
      event,
      ...news,
      action: action && url ? { url, label: action.label } : null,
      poster: posterSrc ? { src: posterSrc, alt: `Poster of ${notification.title}` } : null,
      links: adminLinks(config),
    },
  };
}

/** One episode opens itself, several open the show. */
async function playLink(
  executor: Executor,
  config: Config,
  items: readonly MediaItem[],
  machineId: string | null,
): Promise<MailPlayLink | null> {
  const [first, second] = items;
  if (!first?.plexRatingKey || !machineId) return null;
  const link = (ratingKey: string, key: string) => ({
    webUrl: plexWebLink(machineId, ratingKey),
    appUrl: openInPlexPage(config, key),
  });
  if (!second || first.tvdbId === null) return link(first.plexRatingKey, first.mediaKey);
  const guids = [`tvdb://${first.tvdbId}`];
  const [show] = await findRatingKeys(executor, { machineId, type: "show", guids });
  return link(show ?? first.plexRatingKey, first.groupKey);
}

function reasonFor(watcher: Watcher | null, request: Request | null): MailReason {
  switch (watcher?.source) {
    case "admin":
      return { kind: "attached", by: null, at: null };
    case "link":
      return { kind: "following" };
    default:
      return { kind: "requested", at: request?.requestedAt ?? null };
  }
}

/** `requestId`: the title that can be muted from the mail. */
function userLinks(config: Config, user: User, requestId: number | null = null): MailLinks {
  return personalLinks(config, user, requestId);
}

function adminLinks(config: Config) {
  return {
    dashboardUrl: publicAddress(config),
    settingsUrl: dashboardLink(config, "/settings/alerts"),
  };
}

function toTold(item: MediaItem): ToldItem {
  const { kind, title, year, isFourK, season, episode, episodeTitle, runtimeMinutes } = item;
  return { kind, title, year, isFourK, season, episode, episodeTitle, runtimeMinutes };
}

/** "Anna" of "Anna Lindqvist"; a name with an at sign is a login and addresses nobody. */
function firstName(displayName: string): string | null {
  const [first = ""] = displayName.trim().split(/\s+/);
  return first === "" || first.includes("@") ? null : first;
}
