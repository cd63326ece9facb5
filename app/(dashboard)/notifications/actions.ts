"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { actOnMails } from "@/lib/services/mails/act-on-mails";
import { cancelNotification } from "@/lib/services/mails/cancel-notification";
import { resendNotification } from "@/lib/services/mails/resend-notification";
import {
  releaseNotification,
  sendNotificationNow,
} from "@/lib/services/mails/send-notification-now";
import { settleHeld } from "@/lib/services/mails/settle-held";
import { adminAction } from "@/lib/web/admin-action";
import { mailDeed, mailsDeed } from "@/lib/web/deeds";
import { webContext } from "@/lib/web/service-context";

const notification = z.object({ notificationId: z.number().int().positive() });
type Input = z.input<typeof notification>;

const sendNow = adminAction("mails", notification, async ({ notificationId }, _viewer, note) => {
  note(await mailDeed(notificationId, { status: "scheduled", dueAt: "now" }));
  await sendNotificationNow(webContext(), notificationId);
  return { kind: "done", words: "On its way to the mail server" };
});

/** Sends a waiting mail now. */
export async function sendNowAction(input: Input): Promise<ActionResult> {
  return sendNow(input);
}

const release = adminAction("mails", notification, async ({ notificationId }, viewer, note) => {
  note(await mailDeed(notificationId, { status: "scheduled", dueAt: "now" }));
  await releaseNotification(webContext(), notificationId, viewer.actor);
  return { kind: "done", words: "Released; on its way to the mail server" };
});

/** Lets a held mail go. */
export async function releaseAction(input: Input): Promise<ActionResult> {
  return release(input);
}

const resend = adminAction("mails", notification, async ({ notificationId }, viewer, note) => {
  const copyId = await resendNotification(webContext(), notificationId, viewer.actor);
  note({ subject: `mail ${notificationId}`, after: { notificationId, sentAgainAs: copyId } });
  return { kind: "done", words: "Sent again, as a mail of its own" };
});

/** Sends the same news again. */
export async function resendAction(input: Input): Promise<ActionResult> {
  return resend(input);
}

const cancel = adminAction("mails", notification, async ({ notificationId }, viewer, note) => {
  note(await mailDeed(notificationId, { status: "cancelled" }));
  await cancelNotification(webContext(), notificationId, viewer.actor);
  return { kind: "done", words: "Cancelled", detail: "No later check brings it back." };
});

/** Cancels a mail that has not left. */
export async function cancelAction(input: Input): Promise<ActionResult> {
  return cancel(input);
}

const selected = z.object({
  verb: z.enum(["send_now", "cancel", "resend"]),
  // More than a page holds is no selection somebody made.
  ids: z.array(z.number().int().positive()).min(1).max(200),
});
const verbWords = { send_now: "on the way", cancel: "cancelled", resend: "sent again" } as const;

const actOn = adminAction("mails", selected, async ({ verb, ids }, viewer, note) => {
  const deed = await mailsDeed(ids, {});
  const { done, passedOver } = await actOnMails(webContext(), { verb, ids, actor: viewer.actor });
  note({ ...deed, after: { done: verb, mails: done, passedOver } });
  return {
    kind: "done",
    words: `${plural(done, "mail")} ${verbWords[verb]}`,
    ...(passedOver > 0
      ? {
          detail: `${plural(passedOver, "mail was", "mails were")} passed over: their state had changed meanwhile.`,
        }
      : {}),
  };
});

/** Sends, cancels or resends the mails somebody picked in the list. */
export async function actOnMailsAction(input: z.input<typeof selected>): Promise<ActionResult> {
  return actOn(input);
}

const held = z.object({
  verdict: z.enum(["release", "drop"]),
  which: z.union([
    z.object({ upToId: z.number().int().positive() }),
    z.object({ ids: z.array(z.number().int().positive()).min(1).max(1000) }),
  ]),
});

const settle = adminAction("mails", held, async ({ verdict, which }, viewer, note) => {
  const { settled, passedOver } = await settleHeld(webContext(), {
    verdict,
    which,
    actor: viewer.actor,
  });
  note({
    subject: `${settled} mails on hold`,
    before: { status: "held" },
    after: { verdict, settled, passedOver, ...which },
  });
  return {
    kind: "done",
    words: `${plural(settled, "mail")} ${verdict === "release" ? "released" : "dropped"}`,
    ...(passedOver > 0
      ? { detail: `${plural(passedOver, "mail was", "mails were")} not on hold any more.` }
      : {}),
  };
});

/** Releases or drops mails on hold: those named, or all up to the newest one on the page. */
export async function settleHeldAction(input: z.input<typeof held>): Promise<ActionResult> {
  return settle(input);
}
