import { z } from "zod";
import { languages } from "@/lib/domain/language";
import { mailKinds } from "@/lib/domain/mail-samples";
import { largestLogoBytes } from "@/lib/domain/picture";
import { endpoint } from "../endpoint";
import { longIdInAddress, longIdInBody } from "../fields";
import { notificationSummary } from "./notifications";

const logo = z
  .strictObject({
    contentType: z.enum(["image/png", "image/jpeg"]).nullable(),
    picture: z.string().nullable().meta({ description: "In base64; null when there is none" }),
    isLocked: z.boolean().meta({ description: "Given by the environment" }),
  })
  .meta({ id: "MailLogo" });

export const getMailLogo = endpoint({
  method: "get",
  path: "/mail-logo",
  tag: "Appearance",
  summary: "The uploaded logo of mails",
  response: logo,
});

/** In base64 four characters hold three bytes; somewhat more is let in, so that the answer can say how much. */
const mostCharacters = largestLogoBytes * 8;
const lockedLogo = { 409: "The environment gives it" };

export const putMailLogo = endpoint({
  method: "put",
  path: "/mail-logo",
  tag: "Appearance",
  summary: "Make a picture the logo of all mails",
  description: `A PNG or JPEG of up to ${largestLogoBytes / 1024} kB, about square. Mails show it from the next one on.`,
  body: z.strictObject({
    picture: z
      .base64("is no picture in base64")
      .max(mostCharacters, "is far too large")
      .meta({ description: "In base64" }),
  }),
  response: logo,
  refusals: lockedLogo,
});

export const deleteMailLogo = endpoint({
  method: "delete",
  path: "/mail-logo",
  tag: "Appearance",
  summary: "Take the uploaded logo away",
  response: z.null(),
  status: 204,
  refusals: lockedLogo,
});

const sampleKind = z.enum(mailKinds).meta({ id: "SampleKind" });

export const getMailSamples = endpoint({
  method: "get",
  path: "/mail-samples",
  tag: "Appearance",
  summary: "Every kind of mail, and real ones to make a sample from",
  response: z.strictObject({
    kinds: z.array(
      z
        .strictObject({
          kind: sampleKind,
          words: z.string(),
          reader: z.enum(["users", "admin"]),
          past: z
            .array(z.strictObject({ notificationId: z.number().int(), subject: z.string() }))
            .meta({ description: "Up to four of this kind, the newest first" }),
        })
        .meta({ id: "SampleMailKind" }),
    ),
  }),
});

const inAddress = z.strictObject({ kind: sampleKind });
const lookText = z.string().max(4000).optional();
/** What is left out is as it is saved. */
const look = {
  serverName: lookText.meta({ description: "Instead of MAIL_SERVER_NAME" }),
  accentColor: lookText.meta({ description: "Instead of MAIL_ACCENT_COLOR" }),
  logoUrl: lookText.meta({ description: "Instead of MAIL_LOGO_URL" }),
  language: z.enum(languages).optional().meta({ description: "Instead of MAIL_LANGUAGE" }),
};
const pastWords = "A real mail of this kind; an invented one when left out";
const noSample = { 404: "There is no such mail of this kind" };

export const getMailSample = endpoint({
  method: "get",
  path: "/mail-samples/{kind}",
  tag: "Appearance",
  summary: "A kind of mail as it would look",
  description: "Links that belong to a person lead to the dashboard instead.",
  params: inAddress,
  query: z.strictObject({
    notificationId: longIdInAddress("mail").optional().meta({
      type: "integer",
      minimum: 1,
      description: pastWords,
    }),
    ...look,
  }),
  response: z
    .strictObject({
      subject: z.string(),
      preheader: z.string(),
      text: z.string(),
      html: z.string(),
      kilobytes: z.number().int().meta({ description: "Of the HTML alone" }),
    })
    .meta({ id: "MailSample" }),
  refusals: noSample,
});

export const postMailSample = endpoint({
  method: "post",
  path: "/mail-samples/{kind}/send",
  tag: "Appearance",
  summary: "Send a kind of mail to an address, as a sample",
  params: inAddress,
  body: z.strictObject({
    to: z.email("is not a mail address").max(254, "is too long"),
    notificationId: longIdInBody.optional().meta({ description: pastWords }),
    ...look,
  }),
  response: notificationSummary,
  status: 202,
  refusals: noSample,
});
