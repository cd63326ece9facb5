import { AppError } from "@/lib/errors";
import type { ServiceContext } from "../context";
import { cancelNotification } from "./cancel-notification";
import { resendNotification } from "./resend-notification";
import { sendNotificationNow } from "./send-notification-now";

export type MailVerb = "send_now" | "cancel" | "resend";

/**
 * Does one thing to several mails, each in a transaction of its own. Those whose state does not allow it any more, and
 * those that are gone, are passed over and counted; nothing happens to them.
 */
export async function actOnMails(
  ctx: ServiceContext,
  { verb, ids, actor }: { verb: MailVerb; ids: readonly number[]; actor: string },
): Promise<{ done: number; passedOver: number }> {
  let done = 0;
  for (const notificationId of ids) {
    try {
      await act(ctx, verb, notificationId, actor);
      done += 1;
    } catch (error) {
      const isPassedOver =
        error instanceof AppError && (error.code === "conflict" || error.code === "not_found");
      if (!isPassedOver) throw error;
    }
  }
  return { done, passedOver: ids.length - done };
}

async function act(ctx: ServiceContext, verb: MailVerb, notificationId: number, actor: string) {
  switch (verb) {
    case "send_now":
      return sendNotificationNow(ctx, notificationId);
    case "cancel":
      return cancelNotification(ctx, notificationId, actor);
    case "resend":
      return resendNotification(ctx, notificationId, actor);
  }
}
