import "server-only";
import type { z } from "zod";
import type { Language } from "@/lib/domain/language";
import type { MailLook } from "@/lib/domain/mail-samples";
import { listSampleKinds } from "@/lib/services/mails/list-sample-kinds";
import { sendSampleMail } from "@/lib/services/mails/send-sample-mail";
import { changeMailLogo } from "@/lib/services/settings/change-mail-logo";
import { isLocked } from "@/lib/services/settings/change-settings";
import { findMailLogo } from "@/lib/store/mail-logos";
import { logoDeed } from "../../deeds";
import { pictureSample } from "../../mail-sample";
import { webContext, webDatabase } from "../../service-context";
import { apiRoute } from "../api-route";
import {
  deleteMailLogo,
  getMailLogo,
  getMailSample,
  getMailSamples,
  postMailSample,
  putMailLogo,
} from "../contracts/appearance";
import { readMailSummary } from "./notifications";

export const mailLogo = apiRoute(getMailLogo, () => readLogo());

export const mailLogoChange = apiRoute(putMailLogo, async ({ body, note }) => {
  const bytes = Buffer.from(body.picture, "base64");
  note(await logoDeed(bytes));
  await changeMailLogo(webContext(), bytes, process.env);
  return readLogo();
});

export const mailLogoRemoval = apiRoute(deleteMailLogo, async ({ note }) => {
  note(await logoDeed(null));
  await changeMailLogo(webContext(), null, process.env);
  return null;
});

export const mailSampleKinds = apiRoute(getMailSamples, async () => ({
  kinds: await listSampleKinds(webDatabase().db),
}));

export const mailSample = apiRoute(getMailSample, async ({ params, query }) => {
  const choice = { kind: params.kind, notificationId: query.notificationId ?? null };
  return pictureSample(choice, await lookOf(query));
});

export const mailSampleSending = apiRoute(postMailSample, async ({ params, body, note }) => {
  const ctx = webContext();
  const { to } = body;
  const choice = { kind: params.kind, notificationId: body.notificationId ?? null };
  const id = await sendSampleMail(ctx, { to, choice, look: await lookOf(body) });
  note({ subject: `mail ${id}`, after: { notificationId: id, to, kind: params.kind } });
  return readMailSummary(ctx, id);
});

async function readLogo(): Promise<z.input<typeof getMailLogo.response>> {
  const ctx = webContext();
  const { MAIL_LOGO: name } = (await ctx.loadConfig()).settings;
  const logo = name === "" ? null : await findMailLogo(ctx.database.db, name);
  return {
    contentType: logo?.contentType ?? null,
    picture: logo?.bytes.toString("base64") ?? null,
    isLocked: isLocked("MAIL_LOGO", process.env),
  };
}

/** The look that is asked for; what is left out is as it is saved. */
async function lookOf(asked: {
  serverName?: string | undefined;
  accentColor?: string | undefined;
  logoUrl?: string | undefined;
  language?: Language | undefined;
}): Promise<MailLook> {
  const { settings } = await webContext().loadConfig();
  return {
    MAIL_SERVER_NAME: asked.serverName ?? settings.MAIL_SERVER_NAME,
    MAIL_ACCENT_COLOR: asked.accentColor ?? settings.MAIL_ACCENT_COLOR,
    MAIL_LOGO_URL: asked.logoUrl ?? settings.MAIL_LOGO_URL,
    MAIL_LANGUAGE: asked.language ?? settings.MAIL_LANGUAGE,
  };
}
