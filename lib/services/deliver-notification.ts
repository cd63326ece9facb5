import { composeMessage, type MessageParts } from "@/lib/clients/mail-message";
import type { SmtpSender } from "@/lib/clients/smtp";
import { mailKindOf } from "@/lib/domain/collection";
import {
  type AfterAttempt,
  decideAfterAttempt,
  messageId,
  nextFreeSlot,
} from "@/lib/domain/delivery";
import type { DeliveryOutcome } from "@/lib/domain/delivery-outcome";
import { decideRecipient } from "@/lib/domain/recipients";
import { clockWords, itemWords, sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { markNotWanted, releaseLedgerKeys } from "@/lib/store/ledger";
import {
  claimNotification,
  findNotification,
  finishAttempt,
  listNotificationItems,
  listRecentSendTimes,
  lockSendLimit,
  moveNotification,
  type Notification,
  recordAttempt,
  recordHandOver,
} from "@/lib/store/notifications";
import { listWatchers } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser, type User } from "@/lib/store/users";
import { personalPage } from "./build-mail";
import type { ServiceContext } from "./context";
import { drawMail } from "./draw-mail";
import type { Config } from "./load-config";
import { loadPoster } from "./load-poster";
import { bareAddress } from "./mail-addresses";
import { refreshRequestStates } from "./refresh-request-state";

const hour = 60 * 60 * 1000;
const posterCid = "poster@bingealert";

/**
 * Sends one notification: claims it, hands it to the mail server and records how that ended. Only the claim may send,
 * and the hand-over is on record before the server can have the whole mail, so that a crash at any point leaves
 * either a mail that is safe to send again or one that is visibly unknown.
 */
export async function deliverNotification(
  ctx: ServiceContext,
  smtp: SmtpSender,
  notificationId: number,
): Promise<void> {
  const config = await ctx.loadConfig();
  const claimed = await claim(ctx, config, notificationId);
  if (!claimed) return rearmIfEarly(ctx, notificationId);
  const recipient = await findRecipient(ctx.database.db, claimed);
  if (recipient.kind === "none") {
    await cancelAfterClaim(ctx, claimed, recipient);
    return;
  }
  const outcome = await attempt(ctx, config, smtp, claimed, recipient);
  await recordOutcome(ctx, config, claimed, recipient, outcome);
}

type RecipientFound =
  | { kind: "found"; address: string; user: User | null }
  | { kind: "none"; choice: "notWanted" | "notPossible"; because: string };

/** The address is read when the mail leaves, and so is whether the person still wants it. */
async function findRecipient(db: Executor, notification: Notification): Promise<RecipientFound> {
  if (notification.audience !== "user") {
    return notification.toAddress
      ? { kind: "found", address: notification.toAddress, user: null }
      : { kind: "none", choice: "notPossible", because: "no address" };
  }
  const user = notification.userId === null ? null : await findUser(db, notification.userId);
  if (!user) {
    return { kind: "none", choice: "notPossible", because: "the person is not known any more" };
  }
  const watchers =
    notification.requestId === null ? [] : await listWatchers(db, [notification.requestId]);
  const watcher = watchers.find((w) => w.id === user.id);
  const kindWords =
    Object.values(mailKindOf).find((k) => k.kind === notification.kind)?.words ?? notification.kind;
  const decision = decideRecipient(
    { ...user, mutedTitleAt: watcher?.mutedTitleAt ?? null },
    notification.kind,
    kindWords,
  );
  return decision.kind === "tell"
    ? { kind: "found", address: decision.address, user }
    : { kind: "none", choice: decision.kind, because: decision.because };
}

async function attempt(
  ctx: ServiceContext,
  config: Config,
  smtp: SmtpSender,
  claimed: Notification,
  recipient: Extract<RecipientFound, { kind: "found" }>,
): Promise<DeliveryOutcome> {
  const { SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_USER, SMTP_PASSWORD, SMTP_FROM } =
    config.settings;
  const from = bareAddress(SMTP_FROM);
  if (SMTP_HOST === "" || !from) {
    const response = "No mail server is set up: SMTP_HOST and SMTP_FROM are needed";
    return { kind: "tryLater", code: null, response, scope: "server" };
  }
  let message: Buffer;
  try {
    message = await compose(ctx, config, claimed, recipient);
  } catch (error) {
    // Nothing has left: it ends like an attempt at a server that cannot be used, and is made anew later.
    const words = error instanceof Error ? error.message : String(error);
    ctx.log.error("a mail could not be made", { notificationId: claimed.id, error: words });
    const response = `The mail could not be made: ${words}`;
    return { kind: "tryLater", code: null, response, scope: "address" };
  }
  return smtp.sendMail(
    {
      host: SMTP_HOST,
      port: SMTP_PORT,
      security: SMTP_SECURITY,
      user: SMTP_USER,
      password: SMTP_PASSWORD,
    },
    {
      envelope: { from, to: recipient.address },
      message,
      onHandOver: async () => {
        const claim = { workerId: ctx.workerId, attempt: claimed.attempts, at: ctx.now() };
        const isOurs = await recordHandOver(ctx.database.db, claimed.id, claim);
        if (!isOurs) throw new Error("The claim on this mail was lost");
      },
    },
  );
}

/** Renders the mail and keeps it exactly as it leaves. */
async function compose(
  ctx: ServiceContext,
  config: Config,
  claimed: Notification,
  recipient: Extract<RecipientFound, { kind: "found" }>,
): Promise<Buffer> {
  const { db } = ctx.database;
  const now = ctx.now();
  const poster = await findPoster(ctx, config, claimed);
  const { subject, html, text } = await drawMail(db, config, claimed, poster.src, now);
  const headers = {
    ...(recipient.user ? unsubscribeHeaders(config, recipient.user) : {}),
    ...(recipient.user ? {} : { "Auto-Submitted": "auto-generated" }),
  };
  const id = messageId(claimed.uid, config.settings.SMTP_FROM);
  const parts: MessageParts = {
    from: config.settings.SMTP_FROM,
    to: recipient.address,
    subject,
    html,
    text,
    messageId: id,
    date: now,
    headers,
    attachments: poster.attachment,
  };
  await db.transaction((tx) =>
    recordAttempt(
      tx,
      {
        notificationId: claimed.id,
        attempt: claimed.attempts,
        startedAt: now,
        toAddress: recipient.address,
      },
      {
        subject,
        html,
        text,
        headers: {
          From: parts.from,
          To: parts.to,
          Subject: subject,
          "Message-ID": id,
          Date: now.toUTCString(),
          ...headers,
        },
        renderedAt: now,
      },
    ),
  );
  return composeMessage(parts);
}

/** RFC 8058: one click in the mail program unsubscribes, without a page. */
function unsubscribeHeaders(config: Config, user: User): Record<string, string> {
  const page = personalPage(config, user);
  if (page) {
    return {
      "List-Unsubscribe": `<${page}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    };
  }
  const address = bareAddress(config.settings.SMTP_FROM);
  return address ? { "List-Unsubscribe": `<mailto:${address}?subject=unsubscribe>` } : {};
}

/** From our own public address where there is one, else attached; a mail without its poster is better than none. */
async function findPoster(
  ctx: ServiceContext,
  config: Config,
  { posterPath }: Notification,
): Promise<{ src: string | null; attachment: NonNullable<MessageParts["attachments"]> }> {
  if (!posterPath) return { src: null, attachment: [] };
  const base = config.settings.PUBLIC_BASE_URL.replace(/\/+$/, "");
  if (base !== "") return { src: `${base}/posters/w342${posterPath}`, attachment: [] };
  try {
    const poster = await loadPoster(config, posterPath, 342);
    if (!poster) return { src: null, attachment: [] };
    const { bytes: content, contentType } = poster;
    return {
      src: `cid:${posterCid}`,
      attachment: [{ cid: posterCid, filename: posterPath.slice(1), contentType, content }],
    };
  } catch (error) {
    ctx.log.warn("the mail leaves without its poster", { posterPath, error: String(error) });
    return { src: null, attachment: [] };
  }
}

const outcomeNames = {
  accepted: "accepted",
  tryLater: "try_later",
  refused: "refused",
  unknown: "unknown",
} as const;

async function recordOutcome(
  ctx: ServiceContext,
  config: Config,
  claimed: Notification,
  recipient: Extract<RecipientFound, { kind: "found" }>,
  outcome: DeliveryOutcome,
): Promise<void> {
  const now = ctx.now();
  const after = decideAfterAttempt(outcome, claimed.attempts, now);
  await ctx.database.db.transaction(async (tx) => {
    const isOurs = await finishAttempt(
      tx,
      claimed.id,
      { attempt: claimed.attempts, at: now },
      outcomeNames[outcome.kind],
      {
        status: after.status,
        statusReason: after.status === "sent" ? null : after.reason,
        smtpReply: after.reply.slice(0, 500) || null,
        ...(after.status === "retrying" ? { dueAt: after.at } : {}),
        ...(after.status === "sent" ? { sentAt: now } : {}),
      },
    );
    if (!isOurs) return;
    if (after.status === "retrying") {
      await enqueue(
        tx,
        "deliver_notification",
        { notificationId: claimed.id },
        { runAt: after.at },
      );
    }
    await noteOutcome(tx, config, claimed, recipient.user?.displayName ?? "The admin", after, now);
    await announceChange(tx, "notifications");
  });
  ctx.log.info("mail attempted", {
    notificationId: claimed.id,
    attempt: claimed.attempts,
    outcome: outcome.kind,
    reply: after.reply.slice(0, 200),
  });
}

/** What became of a mail, on the timeline of each request it tells of. */
export async function noteOutcome(
  tx: Executor,
  config: Pick<Config, "timeZone">,
  notification: Notification,
  name: string,
  after: AfterAttempt,
  now: Date,
): Promise<void> {
  const items = await listNotificationItems(tx, notification.id);
  const requestIds = [
    ...new Set(items.flatMap((item) => (item.requestId === null ? [] : [item.requestId]))),
  ];
  const common = {
    userId: notification.userId,
    at: now,
    notificationId: notification.id,
    batchId: notification.batchId,
  };
  await insertTimeline(
    tx,
    requestIds.map((requestId) => {
      const keys = items
        .filter((item) => item.requestId === requestId)
        .map((item) => item.mediaKey);
      const what = itemWords(keys);
      switch (after.status) {
        case "sent":
          return {
            ...common,
            requestId,
            kind: "told" as const,
            code: "told",
            words: `Told ${name}: ${what}`,
            source: after.reply.slice(0, 120) || "SMTP",
          };
        case "retrying":
          return {
            ...common,
            requestId,
            kind: "wait" as const,
            code: "mail_retrying",
            words: `The mail to ${name} did not get through, tried again at ${clockWords(after.at, now, config.timeZone)}`,
            reason: sentence([after.reason, after.reply].filter(Boolean).join(": ")),
            source: "SMTP",
          };
        default:
          return {
            ...common,
            requestId,
            kind: "trouble" as const,
            code: `mail_${after.status}`,
            words:
              after.status === "failed"
                ? `${name} was not told about ${what}`
                : `It is not known whether ${name} got the mail about ${what}`,
            reason: sentence([after.reason, after.reply].filter(Boolean).join(": ")),
            source: "SMTP",
          };
      }
    }),
  );
  await refreshRequestStates(tx, requestIds, now);
}

/**
 * The choice changed between planning and sending: the mail is not sent, and the timeline says why. What was not wanted
 * is settled; what was not possible is news again and made up for as soon as it is.
 */
async function cancelAfterClaim(
  ctx: ServiceContext,
  claimed: Notification,
  { choice, because }: Extract<RecipientFound, { kind: "none" }>,
): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    const moved = await moveNotification(
      tx,
      claimed.id,
      ["sending"],
      { status: "cancelled", statusReason: sentence(because) },
      now,
    );
    if (!moved) return;
    if (claimed.userId !== null) {
      const told = { userId: claimed.userId, notificationId: claimed.id };
      await (choice === "notWanted" ? markNotWanted(tx, told) : releaseLedgerKeys(tx, told));
    }
    const items = await listNotificationItems(tx, claimed.id);
    const requestIds = [
      ...new Set(items.flatMap((item) => (item.requestId === null ? [] : [item.requestId]))),
    ];
    const user = claimed.userId === null ? null : await findUser(tx, claimed.userId);
    await insertTimeline(
      tx,
      requestIds.map((requestId) => ({
        requestId,
        userId: claimed.userId,
        at: now,
        kind: "not_told" as const,
        code: "recipient_changed",
        words: `${user?.displayName ?? "Somebody"} was not told about ${itemWords(items.map((item) => item.mediaKey))}`,
        reason: sentence(because),
        source: "BingeAlert",
        notificationId: claimed.id,
      })),
    );
    await refreshRequestStates(tx, requestIds, now);
    await announceChange(tx, "notifications");
  });
}

/** Claims the mail; with an hourly limit only when it is its turn, otherwise its time is moved. */
async function claim(
  ctx: ServiceContext,
  config: Config,
  notificationId: number,
): Promise<Notification | null> {
  const limit = config.settings.MAIL_LIMIT_PER_HOUR;
  const now = ctx.now();
  const who = { workerId: ctx.workerId, now };
  if (limit <= 0) return claimNotification(ctx.database.db, notificationId, who);
  return ctx.database.db.transaction(async (tx) => {
    await lockSendLimit(tx);
    const sentTimes = await listRecentSendTimes(tx, new Date(now.getTime() - hour), limit);
    const at = nextFreeSlot(sentTimes, limit);
    if (!at || at <= now) return claimNotification(tx, notificationId, who);
    await moveNotification(
      tx,
      notificationId,
      ["scheduled", "retrying"],
      {
        status: "scheduled",
        dueAt: at,
        statusReason: `Waits for its turn: ${limit} mails an hour`,
      },
      now,
    );
    return null;
  });
}

/** The job came before the row's time: the row is right, the alarm is set again. */
async function rearmIfEarly(ctx: ServiceContext, notificationId: number): Promise<void> {
  const row = await findNotification(ctx.database.db, notificationId);
  const isWaiting = row?.status === "scheduled" || row?.status === "retrying";
  if (row && isWaiting && row.dueAt > ctx.now()) {
    await enqueue(
      ctx.database.db,
      "deliver_notification",
      { notificationId },
      { runAt: row.dueAt },
    );
  }
}
