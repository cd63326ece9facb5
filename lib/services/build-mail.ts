import { availableMail, type ToldItem } from "@/lib/domain/available-mail";
import type {
  MailContent,
  MailFrame,
  MailLinks,
  MailPlayLink,
  MailReason,
} from "@/lib/domain/mail";
import { plexWebLink } from "@/lib/domain/plex-link";
import { AppError } from "@/lib/errors";
import type { Executor } from "@/lib/store/db";
import { findNextEpisode, listMediaItems, type MediaItem } from "@/lib/store/media-items";
import { listNotificationItems, type Notification } from "@/lib/store/notifications";
import { findMachineId, findRatingKeys } from "@/lib/store/plex-index";
import { findRequest, listWatchers, type Request } from "@/lib/store/requests";
import { findUser, type User } from "@/lib/store/users";
import type { Config } from "./load-config";
import { notInPlexFacts } from "./not-in-plex-facts";
import { signLink } from "./signed-links";

/**
 * What a notification says, read anew: titles, links and the next episode are those of now. `posterSrc` is where the
 * mail program finds the poster, null for none.
 */
export async function buildMail(
  executor: Executor,
  config: Config,
  notification: Notification,
  posterSrc: string | null,
  now: Date,
): Promise<MailContent> {
  switch (notification.kind) {
    case "episodes_available":
    case "movie_available":
      return buildAvailable(executor, config, notification, posterSrc, now);
    case "test":
      return buildTest(config, notification, now);
    case "not_in_plex":
      return buildNotInPlex(executor, config, notification, posterSrc, now);
    default:
      throw new AppError("internal", `There is no mail of the kind ${notification.kind}`);
  }
}

/** How every mail looks and whom it addresses. */
export function mailFrame(config: Config, user: User | null, now: Date): MailFrame {
  const { MAIL_SERVER_NAME, MAIL_ACCENT_COLOR, MAIL_LOGO_URL } = config.settings;
  return {
    appearance: {
      serverName: MAIL_SERVER_NAME,
      accentColor: MAIL_ACCENT_COLOR,
      logoUrl: MAIL_LOGO_URL || null,
    },
    reader: {
      name: user ? firstName(user.displayName) : null,
      language: "en",
      timeZone: user?.timeZone ?? config.timeZone,
    },
    writtenAt: now,
  };
}

/** The address of the page a person reaches without login; null when BingeAlert has no public address. */
export function personalPage(config: Config, user: User): string | null {
  const base = config.settings.PUBLIC_BASE_URL.replace(/\/+$/, "");
  if (base === "") return null;
  return `${base}/u/${signLink(config, { userId: user.id, version: user.linkVersion })}`;
}

async function buildAvailable(
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
  const [first, ...rest] = items;
  if (!first) throw new AppError("internal", "The mail names nothing to watch");
  const [user, request] = await Promise.all([
    notification.userId === null ? null : findUser(executor, notification.userId),
    notification.requestId === null ? null : findRequest(executor, notification.requestId),
  ]);
  return availableMail({
    frame: mailFrame(config, user, now),
    items: [toTold(first), ...rest.map(toTold)],
    overview: request?.overview ?? null,
    poster: posterSrc ? { src: posterSrc, alt: `Poster of ${first.title}` } : null,
    play: await playLink(executor, items),
    reason: await reasonFor(executor, user, request),
    links: user ? userLinks(config, user) : noLinks,
    next:
      first.kind === "episode" && request
        ? await findNextEpisode(executor, request, first.groupKey, now)
        : null,
  });
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
      poster: posterSrc ? { src: posterSrc, alt: `Poster of ${first.title}` } : null,
      what:
        first.kind === "movie"
          ? { kind: "movie" }
          : {
              kind: "episodes",
              episodes: items.map((item) => ({
                season: item.season ?? 0,
                episode: item.episode ?? 0,
                title: item.episodeTitle,
                minutes: item.runtimeMinutes,
              })),
            },
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

/** One episode opens itself, several open the show. */
async function playLink(
  executor: Executor,
  items: readonly MediaItem[],
): Promise<MailPlayLink | null> {
  const [first, second] = items;
  if (!first?.plexRatingKey) return null;
  const machineId = await findMachineId(executor);
  if (!machineId) return null;
  const link = (ratingKey: string) => ({ webUrl: plexWebLink(machineId, ratingKey), appUrl: null });
  if (!second || first.tvdbId === null) return link(first.plexRatingKey);
  const guids = [`tvdb://${first.tvdbId}`];
  const [show] = await findRatingKeys(executor, { machineId, type: "show", guids });
  return link(show ?? first.plexRatingKey);
}

async function reasonFor(
  executor: Executor,
  user: User | null,
  request: Request | null,
): Promise<MailReason> {
  const watchers = request && user ? await listWatchers(executor, [request.id]) : [];
  const watcher = watchers.find((w) => w.id === user?.id);
  switch (watcher?.source) {
    case "admin":
      return { kind: "attached", by: null, at: null };
    case "link":
      return { kind: "following" };
    default:
      return { kind: "requested", at: request?.requestedAt ?? null };
  }
}

const noLinks: MailLinks = {
  preferencesUrl: null,
  unsubscribeUrl: null,
  calendarUrl: null,
  muteUrl: null,
};

function userLinks(config: Config, user: User): MailLinks {
  const page = personalPage(config, user);
  return { ...noLinks, preferencesUrl: page, unsubscribeUrl: page };
}

function adminLinks(config: Config) {
  const base = config.settings.PUBLIC_BASE_URL.replace(/\/+$/, "");
  return { dashboardUrl: base || null, settingsUrl: null };
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
