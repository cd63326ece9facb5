import "server-only";
import type { MailLook, SampleChoice } from "@/lib/domain/mail-samples";
import type { AppearanceView, MailSampleView } from "@/lib/domain/views/appearance";
import { listSampleKinds } from "@/lib/services/mails/list-sample-kinds";
import { isLocked } from "@/lib/services/settings/change-settings";
import { findMailLogo } from "@/lib/store/mail-logos";
import { dataAddress } from "../mail-preview";
import { pictureSample } from "../mail-sample";
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
  const [logo, kinds] = await Promise.all([
    MAIL_LOGO === "" ? null : findMailLogo(db, MAIL_LOGO),
    listSampleKinds(db),
  ]);
  const names = [
    "MAIL_SERVER_NAME",
    "MAIL_ACCENT_COLOR",
    "MAIL_LANGUAGE",
    "MAIL_LOGO_URL",
  ] as const;
  return {
    fields: names.map((name) => settingField(config, name)),
    logo: logo ? dataAddress(logo) : null,
    isLogoLocked: isLocked("MAIL_LOGO", process.env),
    adminAddress: ADMIN_EMAIL,
    kinds,
  };
}

/** A sample drawn in a look that need not be saved. Throws AppError when it cannot be. */
export async function loadMailSample(
  choice: SampleChoice,
  look: MailLook,
): Promise<MailSampleView & { html: string }> {
  await requireViewer();
  return pictureSample(choice, look);
}
