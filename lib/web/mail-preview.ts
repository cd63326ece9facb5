import "server-only";
import { cache } from "react";
import { below } from "@/lib/base-path";
import { logoNameIn, logoSource } from "@/lib/domain/picture";
import { log } from "@/lib/log";
import { readMailFacts } from "@/lib/services/mails/mail-facts";
import { findMailLogo } from "@/lib/store/mail-logos";
import { findNotification, type Notification } from "@/lib/store/notifications";
import { findNotificationBody } from "@/lib/store/views/notification-body";
import { webContext } from "./service-context";
import { requireViewer } from "./viewer";

export type MailPreview =
  | {
      kind: "as_sent" | "as_it_would_leave";
      html: string;
      text: string;
      headers: Record<string, string>;
      renderedAt: Date;
    }
  | { kind: "missing"; because: string };

/** A mail exactly as it was handed over, or as it would leave now. */
export const loadMailPreview = cache(async (notificationId: number): Promise<MailPreview> => {
  await requireViewer();
  const ctx = webContext();
  const { db } = ctx.database;
  const notification = await findNotification(db, notificationId);
  if (!notification) return { kind: "missing", because: "There is no such mail." };
  const body = await findNotificationBody(db, notificationId);
  if (body && !mayStillChange(notification)) {
    return {
      kind: "as_sent",
      html: await withPagePictures(body.html, notification.posterPath),
      text: body.text,
      headers: body.headers,
      renderedAt: body.renderedAt,
    };
  }
  if (notification.status === "sent" || notification.status === "unknown") {
    return {
      kind: "missing",
      because: "The body of this mail is no longer kept; that it was sent is.",
    };
  }
  return renderNow(notification);
});

const mayStillChange = ({ status }: Notification) =>
  status === "scheduled" || status === "retrying" || status === "held";

async function renderNow(notification: Notification): Promise<MailPreview> {
  const ctx = webContext();
  const now = ctx.now();
  try {
    // React Email is loaded only when a mail is looked at: it is large.
    const { drawMail } = await import("@/lib/services/mails/draw-mail");
    const { posterPath } = notification;
    const config = await ctx.loadConfig();
    const posterSrc = posterPath ? "cid:poster" : null;
    const { db } = ctx.database;
    const [facts] = await readMailFacts(db, [notification], now);
    if (!facts) throw new Error("The facts of the mail were not read");
    const drawn = await drawMail(db, config, notification, facts, posterSrc, now);
    return {
      kind: "as_it_would_leave",
      html: await withPagePictures(drawn.html, posterPath),
      text: drawn.text,
      headers: {},
      renderedAt: now,
    };
  } catch (error) {
    log.error("A preview could not be drawn", { notificationId: notification.id, error });
    return {
      kind: "missing",
      because: "This mail cannot be drawn now. Nothing is lost; it is drawn again when it leaves.",
    };
  }
}

/**
 * Pictures as a page may show them, which loads nothing from elsewhere: the logo itself instead of an attached one, and
 * our own copy of the poster, whether it is attached or comes from the public address of that time.
 */
export async function withPagePictures(html: string, posterPath: string | null): Promise<string> {
  const name = logoNameIn(html);
  const logo = name && (await findMailLogo(webContext().database.db, name));
  const shown = name
    ? html.replaceAll(logoSource(name) ?? "", logo ? dataAddress(logo) : "data:,")
    : html;
  if (!posterPath) return shown;
  const place = `/posters/w342${posterPath}` as const;
  const here = below(place);
  return shown
    .replace(/cid:[^"')\s]+/g, here)
    .replace(/https?:\/\/[^"'()\s<>]+/g, (address) => (address.endsWith(place) ? here : address));
}

/** A picture as an address of its own. */
export const dataAddress = ({ contentType, bytes }: { contentType: string; bytes: Buffer }) =>
  `data:${contentType};base64,${bytes.toString("base64")}`;

/** The same mail as a reader with a light or a dark client sees it. */
export function inLook(html: string, look: "light" | "dark"): string {
  return html.replace(
    /@media\s*\(\s*prefers-color-scheme:\s*dark\s*\)/gi,
    look === "dark" ? "@media all" : "@media not all",
  );
}
