import { type MailLook, type SampleChoice, sampleKind } from "@/lib/domain/mail-samples";
import { mailAddress } from "@/lib/domain/recipients";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { insertNotification } from "@/lib/store/notifications";
import type { ServiceContext } from "../context";
import { drawSample, samplePosterPath, withLook } from "./draw-sample";

/**
 * Plans a sample of any kind of mail to a typed address, in a look that need not be saved; it takes the same way as any
 * other mail. Returns its id. Throws `bad_request` for what is no address.
 */
export async function sendSampleMail(
  ctx: ServiceContext,
  { to, choice, look }: { to: string; choice: SampleChoice; look: MailLook },
): Promise<number> {
  const toAddress = mailAddress(to);
  if (!toAddress) throw new AppError("bad_request", "This is not a mail address");
  const now = ctx.now();
  const { db } = ctx.database;
  const config = withLook(await ctx.loadConfig(), look);
  // Drawn once before anything is planned: a sample that cannot be drawn is refused here, and not found failing later.
  const { subject } = await drawSample(db, config, choice, null, now);
  const posterPath = await samplePosterPath(db, choice);
  return db.transaction(async (tx) => {
    const notification = await insertNotification(
      tx,
      {
        audience: "address",
        toAddress,
        kind: sampleKind,
        title: "Sample mail",
        subject,
        posterPath,
        facts: { choice, look },
        status: "scheduled",
        dueAt: now,
        createdAt: now,
        updatedAt: now,
      },
      [],
    );
    await enqueue(tx, "deliver_notification", { notificationId: notification.id });
    await announceChange(tx, "notifications");
    return notification.id;
  });
}
