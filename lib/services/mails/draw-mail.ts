import { renderMail } from "@/emails/render";
import type { RenderedMail } from "@/lib/domain/mail";
import { sampleFacts, sampleKind } from "@/lib/domain/mail-samples";
import type { Executor } from "@/lib/store/db";
import type { Notification } from "@/lib/store/notifications";
import type { Config } from "../load-config";
import { buildMail } from "./build-mail";
import { drawSample, withLook } from "./draw-sample";
import type { MailFacts } from "./mail-facts";

/** A notification as its reader sees it, drawn from what is known now. `posterSrc` is where the poster is found. */
export async function drawMail(
  executor: Executor,
  config: Config,
  notification: Notification,
  facts: MailFacts,
  posterSrc: string | null,
  now: Date,
): Promise<RenderedMail> {
  if (notification.kind === sampleKind) {
    const { choice, look } = sampleFacts.parse(notification.facts);
    return drawSample(executor, withLook(config, look), choice, posterSrc, now);
  }
  return renderMail(await buildMail(executor, config, notification, facts, posterSrc, now));
}
