"use server";

import { z } from "zod";
import { mailLook, sampleChoice } from "@/lib/domain/mail-samples";
import { largestLogoBytes } from "@/lib/domain/picture";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { MailSampleView } from "@/lib/domain/views/appearance";
import { sendSampleMail } from "@/lib/services/mails/send-sample-mail";
import { changeMailLogo } from "@/lib/services/settings/change-mail-logo";
import { adminAction } from "@/lib/web/admin-action";
import { logoDeed } from "@/lib/web/deeds";
import { loadMailSample } from "@/lib/web/loaders/appearance";
import { webContext } from "@/lib/web/service-context";

const trial = z.object({ choice: sampleChoice, look: mailLook });
type Trial = z.input<typeof trial>;

const look = adminAction(
  "settings",
  trial,
  async (input, _viewer, note): Promise<ActionResult & { sample?: MailSampleView }> => {
    note(null);
    const { html: _, ...sample } = await loadMailSample(input.choice, input.look);
    return { kind: "done", words: "Drawn", sample };
  },
);

/** What a sample says around its picture. */
export async function describeSampleAction(
  input: Trial,
): Promise<ActionResult & { sample?: MailSampleView }> {
  return look(input);
}

const send = adminAction(
  "mails",
  trial.extend({ to: z.string().trim().max(254) }),
  async (input, _viewer, note) => {
    const id = await sendSampleMail(webContext(), input);
    note({ subject: `mail ${id}`, after: { to: input.to, kind: input.choice.kind } });
    return {
      kind: "done",
      words: "The sample is on its way",
      detail: "What the mail server says stands under Notifications.",
    };
  },
);

/** Sends a sample to a typed address. */
export async function sendSampleAction(input: Trial & { to: string }): Promise<ActionResult> {
  return send(input);
}

/** In base64 four characters hold three bytes; somewhat more is let in, so that the answer can say how much. */
const mostCharacters = largestLogoBytes * 8;

const setLogo = adminAction(
  "settings",
  z.object({
    picture: z
      .base64("This is no picture")
      .max(mostCharacters, "The picture is far too large")
      .nullable(),
  }),
  async ({ picture }, _viewer, note) => {
    const bytes = picture === null ? null : Buffer.from(picture, "base64");
    note(await logoDeed(bytes));
    await changeMailLogo(webContext(), bytes, process.env);
    return bytes
      ? { kind: "done", words: "The logo was saved", detail: "Mails show it from the next one on." }
      : { kind: "done", words: "The logo was taken away" };
  },
);

/** Makes a picture the logo of all mails; null takes it away. */
export async function setLogoAction(input: { picture: string | null }): Promise<ActionResult> {
  return setLogo(input);
}
