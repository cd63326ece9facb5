import "server-only";
import type { MailLook, SampleChoice } from "@/lib/domain/mail-samples";
import type { MailSampleView } from "@/lib/domain/views/appearance";
import { withPagePictures } from "./mail-preview";
import { webContext } from "./service-context";

/**
 * A sample drawn in a look that need not be saved, with its pictures as a page shows them. For whoever has checked who
 * asks. Throws AppError when it cannot be drawn.
 */
export async function pictureSample(
  choice: SampleChoice,
  look: MailLook,
): Promise<MailSampleView & { html: string }> {
  const ctx = webContext();
  const { db } = ctx.database;
  // React Email is loaded only when a mail is looked at: it is large.
  const { drawSample, samplePosterPath, withLook } = await import(
    "@/lib/services/mails/draw-sample"
  );
  const posterPath = await samplePosterPath(db, choice);
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
