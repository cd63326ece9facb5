import { mailAddress } from "@/lib/domain/recipients";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { insertNotification } from "@/lib/store/notifications";
import type { ServiceContext } from "../context";

/** Plans a test mail to a typed address; it takes the same way as any other. Returns its id. */
export async function sendTestMail(ctx: ServiceContext, to: string): Promise<number> {
  const toAddress = mailAddress(to);
  if (!toAddress) throw new AppError("bad_request", "This is not a mail address");
  const { settings } = await ctx.loadConfig();
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const notification = await insertNotification(
      tx,
      {
        audience: "address",
        toAddress,
        kind: "test",
        title: "Test mail",
        subject: `Test mail from ${settings.MAIL_SERVER_NAME}`,
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
