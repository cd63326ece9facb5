import type { MailLinks } from "@/lib/domain/mail";
import type { User } from "@/lib/store/users";
import type { Config } from "../load-config";
import { publicAddress } from "../public-address";
import { signFollowLink, signLink, signOpenLink } from "./signed-links";

type Site = Pick<Config, "settings" | "secretKey">;

/** The page about a person's mails, reached without login; null when BingeAlert has no public address. */
export function personalPage(config: Site, user: User): string | null {
  const base = publicAddress(config);
  if (base === null) return null;
  return `${base}/u/${signLink(config, { userId: user.id, version: user.linkVersion })}`;
}

/** The feed of a person's upcoming episodes. */
export function calendarFeed(config: Site, user: User): string | null {
  const base = publicAddress(config);
  if (base === null) return null;
  const token = signLink(config, { userId: user.id, version: user.linkVersion }, "calendar");
  return `${base}/calendar/${token}.ics`;
}

/** What the footer of a mail to a person links to; `requestId` names the title it is about. */
export function personalLinks(config: Site, user: User, requestId: number | null): MailLinks {
  const page = personalPage(config, user);
  return {
    preferencesUrl: page,
    unsubscribeUrl: page && `${page}/unsubscribe`,
    calendarUrl: calendarFeed(config, user),
    muteUrl: page && requestId !== null ? `${page}/mute/${requestId}` : null,
  };
}

/** The page the admin shares, on which people ask to follow a title. */
export function followPage(config: Site, requestId: number): string | null {
  const base = publicAddress(config);
  return base && `${base}/follow/${signFollowLink(config, requestId)}`;
}

/** The page on which one person confirms that they follow a title. */
export function confirmFollowPage(config: Site, user: User, requestId: number): string | null {
  const page = personalPage(config, user);
  return page && `${page}/follow/${signFollowLink(config, requestId)}`;
}

/** The page that opens an item in the Plex app, by its media key, or a whole show, by its group key. */
export function openInPlexPage(config: Site, key: string): string | null {
  const base = publicAddress(config);
  return base && `${base}/open/${signOpenLink(config, key)}`;
}
