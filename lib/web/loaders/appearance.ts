import "server-only";
import {
  canShowPast,
  type MailLook,
  mailKinds,
  readerOf,
  type SampleChoice,
} from "@/lib/domain/mail-samples";
import type { AppearanceView, MailSampleView } from "@/lib/domain/views/appearance";
import { kindWords } from "@/lib/domain/views/notifications";
import { isLocked } from "@/lib/services/change-settings";
import { findMailLogo } from "@/lib/store/mail-logos";
import { findNotification } from "@/lib/store/notifications";
import { listPastMails } from "@/lib/store/views/past-mails";
import { dataAddress, withPagePictures } from "../mail-preview";
import { webContext } from "../service-context";
import { requireViewer } from "../viewer";
import { settingField } from "./setting-fields";

/** How mails look, and which mails can be looked at. */
export async function loadAppearance(): Promise<AppearanceView> {
  await requireViewer();
  const ctx = webContext();
  const { db } = ctx.database;
  const config = await ctx.loadConfig();
  const { MAIL_LOGO, ADMIN_EMAIL } = config.settings;
  const [logo, past] = await Promise.all([
    MAIL_LOGO === "" ? null : findMailLogo(db, MAIL_LOGO),
    listPastMails(db, mailKinds.filter(canShowPast)),
  ]);
  const names = ["MAIL_SERVER_NAME", "MAIL_ACCENT_COLOR", "MAIL_LOGO_URL"] as const;
  return {
    fields: names.map((name) => settingField(config, name)),
    logo: logo ? dataAddress(logo) : null,
    isLogoLocked: isLocked("MAIL_LOGO", process.env),
    adminAddress: ADMIN_EMAIL,
    kinds: mailKinds.map((kind) => ({
      kind,
      words: kindWords(kind),
      reader: readerOf(kind),
      past: past
        .filter((mail) => mail.kind === kind)
        .map(({ id, subject }) => ({ notificationId: id, subject })),
    })),
  };
}

/** A sample drawn in a look that need not be saved. Throws AppError when it cannot be. */
export async function loadMailSample(
  choice: SampleChoice,
  look: MailLook,
): Promise<MailSampleView & { html: string }> {
  await requireViewer();
  const ctx = webContext();
  const { db } = ctx.database;
  // React Email is loaded only when a mail is looked at: it is large.
  const { drawSample, withLook } = await import("@/lib/services/draw-sample");
  const past = choice.notificationId && (await findNotification(db, choice.notificationId));
  const posterPath = past ? past.posterPath : null;
  const config = withLook(await ctx.loadConfig(), look);
  const drawn = await drawSample(db, config, choice, posterPath && "cid:poster", ctx.now());
  const { subject, preheader, text } = drawn;
  return {
    subject,
    preheader,
    text,
    kilobytes: Math.ceil(Buffer.byteLength(drawn.html) / 1024),
    html: await withPagePictures(drawn.html, posterPath),
  };
}
