import { renderMail } from "@/emails/render";
import type { MailContent, RenderedMail } from "@/lib/domain/mail";
import {
  canShowPast,
  inventedPosterPath,
  type MailLook,
  readerOf,
  type SampleChoice,
  sampleMail,
  withoutPersonalLinks,
} from "@/lib/domain/mail-samples";
import { AppError } from "@/lib/errors";
import type { Executor } from "@/lib/store/db";
import { findNotification } from "@/lib/store/notifications";
import type { Config } from "../load-config";
import { dashboardLink, publicAddress } from "../public-address";
import { buildMail, mailFrame } from "./build-mail";
import { readMailFacts } from "./mail-facts";

/** The configuration with another look of mails. The uploaded logo stays: it counts as soon as it is there. */
export function withLook(config: Config, look: MailLook): Config {
  return { ...config, settings: { ...config.settings, ...look } };
}

/** The poster of a sample: that of the mail it is made from, else an invented one. Null when it shows none. */
export async function samplePosterPath(
  executor: Executor,
  { kind, notificationId }: SampleChoice,
): Promise<string | null> {
  if (notificationId === null) return inventedPosterPath(kind);
  return (await findNotification(executor, notificationId))?.posterPath ?? null;
}

/**
 * A sample of a kind of mail, marked as one. Links that belong to a person lead to the dashboard instead. Throws
 * `not_found` when the mail of the past it was to be made from is not there, or of another kind.
 */
export async function drawSample(
  executor: Executor,
  config: Config,
  choice: SampleChoice,
  posterSrc: string | null,
  now: Date,
): Promise<RenderedMail> {
  return renderMail(await sampleContent(executor, config, choice, posterSrc, now), "sample");
}

async function sampleContent(
  executor: Executor,
  config: Config,
  { kind, notificationId }: SampleChoice,
  posterSrc: string | null,
  now: Date,
): Promise<MailContent> {
  const links = harmlessLinks(config);
  if (notificationId === null) {
    const { SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_FROM, ADMIN_EMAIL } = config.settings;
    const test = {
      to: ADMIN_EMAIL || SMTP_FROM,
      from: SMTP_FROM,
      smtp: { host: SMTP_HOST, port: SMTP_PORT, security: SMTP_SECURITY },
    };
    const frame = mailFrame(config, null, now);
    const language = readerOf(kind) === "users" ? config.settings.MAIL_LANGUAGE : "en";
    const reader = { ...frame.reader, language };
    return sampleMail(kind, { ...frame, reader }, links, test, posterSrc);
  }
  const past = canShowPast(kind) ? await findNotification(executor, notificationId) : null;
  if (!past || past.kind !== kind) {
    throw new AppError("not_found", "There is no such mail to take as a sample");
  }
  const [facts] = await readMailFacts(executor, [past], now);
  if (!facts) throw new AppError("internal", "The facts of the mail were not read");
  return withoutPersonalLinks(
    await buildMail(executor, config, past, facts, posterSrc, now),
    links,
  );
}

/** Where the links of a sample lead: nowhere that belongs to somebody. */
function harmlessLinks(config: Config) {
  const here = dashboardLink(config, "/settings/appearance");
  return {
    preferencesUrl: here,
    unsubscribeUrl: here,
    calendarUrl: here,
    muteUrl: here,
    dashboardUrl: publicAddress(config),
    settingsUrl: here,
  };
}
