import { composeMessage, type MessageParts } from "@/lib/clients/mail-message";
import type { SmtpSender } from "@/lib/clients/smtp";
import { mailKindOf } from "@/lib/domain/collection";
import {
  decideAfterAttempt,
  messageId,
  newsWords,
  nextFreeSlot,
  requestIdsOf,
} from "@/lib/domain/delivery";
import type { DeliveryOutcome } from "@/lib/domain/delivery-outcome";
import { digestKind } from "@/lib/domain/digest-mail";
import { logoCid, logoNameIn } from "@/lib/domain/picture";
import { noticeKindWords } from "@/lib/domain/quality-notices";
import { decideRecipient } from "@/lib/domain/recipients";
import { clockWords, sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { claimNotifications } from "@/lib/store/delivery-attempts";
import { markNotWanted, releaseLedgerKeys } from "@/lib/store/ledger";
import { findMailLogo } from "@/lib/store/mail-logos";
import {
  findNotification,
  listRecentSendTimes,
  lockSendLimit,
  moveNotification,
  type Notification,
} from "@/lib/store/notifications";
import { lockRequestsOf } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import type { User } from "@/lib/store/users";
import { findReplacementWait } from "../batches/find-replacement-wait";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { decidePause, type Pause } from "../maintenance/find-pause";
import { publicAddress } from "../public-address";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { personalPage } from "../users/personal-links";
import { deliveryDesk } from "./delivery-desk";
import { drawMail } from "./draw-mail";
import { dropUnwanted } from "./drop-unwanted";
import { planLastLook } from "./last-look";
import { loadPoster } from "./load-poster";
import { bareAddress } from "./mail-addresses";
import type { MailFacts } from "./mail-facts";

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
  { notificationId, isUrgent = false }: { notificationId: number; isUrgent?: boolean | undefined },
): Promise<void> {
  const config = await ctx.loadConfig();
  const claimed = await claim(ctx, config, notificationId);
  if (!claimed) return rearmIfEarly(ctx, notificationId);
  const desk = deliveryDesk(ctx.database);
  const known = await desk.readFacts({ notification: claimed, now: ctx.now() });
  const facts = await dropUnwanted(ctx, claimed, known);
  const recipient = findRecipient(claimed, facts);
  if (recipient.kind === "none") {
    await cancelAfterClaim(ctx, claimed, facts, recipient);
    return;
  }
  const pause =
    isUrgent || !recipient.user
      ? null
      : decidePause(config, recipient.user, claimed.kind, facts.maintenance, ctx.now());
  if (pause) return keepBack(ctx, config, claimed, facts, pause);
  const wait = isUrgent ? null : await findReplacementWait(ctx, config, claimed);
  if (wait) return keepBack(ctx, config, claimed, facts, wait);
  const outcome = await attempt(ctx, config, smtp, claimed, recipient, facts);
  const now = ctx.now();
  const after = decideAfterAttempt(outcome, claimed.attempts, now);
  await desk.recordOutcome({
    notification: claimed,
    items: facts.items,
    name: recipient.user?.displayName ?? null,
    outcome: outcome.kind,
    after,
    at: now,
    timeZone: config.timeZone,
  });
  ctx.log.info("mail attempted", {
    notificationId: claimed.id,
    attempt: claimed.attempts,
    outcome: outcome.kind,
    reply: after.reply.slice(0, 200),
  });
}

type RecipientFound =
  | { kind: "found"; address: string; user: User | null }
  | { kind: "none"; choice: "notWanted" | "notPossible"; because: string };

/** The address is read when the mail leaves, and so is whether the person still wants it. */
function findRecipient(
  notification: Notification,
  { user, watcher, items }: MailFacts,
): RecipientFound {
  if (notification.audience !== "user") {
    return notification.toAddress
      ? { kind: "found", address: notification.toAddress, user: null }
      : { kind: "none", choice: "notPossible", because: "no address" };
  }
  if (!user) {
    return { kind: "none", choice: "notPossible", because: "the person is not known any more" };
  }
  if (notification.kind === digestKind && items.length === 0) {
    return { kind: "none", choice: "notWanted", because: "nothing of it is wanted any more" };
  }
  const kindWords =
    Object.values(mailKindOf).find((k) => k.kind === notification.kind)?.words ??
    noticeKindWords(notification.kind);
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
  facts: MailFacts,
): Promise<DeliveryOutcome> {
  const { SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_USER, SMTP_PASSWORD, SMTP_FROM } =
    config.settings;
  const from = bareAddress(SMTP_FROM);
  if (SMTP_HOST === "" || !from) {
    const response =
      "No mail server is set up: SMTP_HOST and a mail address in SMTP_FROM are needed";
    return { kind: "tryLater", code: null, response, scope: "server" };
  }
  let message: Buffer;
  try {
    message = await compose(ctx, config, claimed, recipient, facts);
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
      connections: config.settings.SMTP_CONNECTIONS,
      user: SMTP_USER,
      password: SMTP_PASSWORD,
    },
    {
      envelope: { from, to: recipient.address },
      message,
      onHandOver: async () => {
        const isOurs = await deliveryDesk(ctx.database).recordHandOver({
          notificationId: claimed.id,
          workerId: ctx.workerId,
          attempt: claimed.attempts,
          at: ctx.now(),
        });
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
  facts: MailFacts,
): Promise<Buffer> {
  const now = ctx.now();
  const poster = await findPoster(ctx, config, claimed);
  const { subject, html, text } = await drawMail(
    ctx.database.db,
    config,
    claimed,
    facts,
    poster.src,
    now,
  );
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
    attachments: [...poster.attachment, ...(await logoFor(ctx, html))],
  };
  await deliveryDesk(ctx.database).recordAttempt({
    notificationId: claimed.id,
    attempt: claimed.attempts,
    startedAt: now,
    toAddress: recipient.address,
    body: {
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
  });
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
  const base = publicAddress(config);
  if (base !== null) return { src: `${base}/posters/w342${posterPath}`, attachment: [] };
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

/** The uploaded logo, for a mail that shows it. */
async function logoFor(
  ctx: ServiceContext,
  html: string,
): Promise<NonNullable<MessageParts["attachments"]>> {
  const filename = logoNameIn(html);
  const logo = filename && (await findMailLogo(ctx.database.db, filename));
  if (!logo) return [];
  const { contentType, bytes: content } = logo;
  return [{ cid: logoCid(filename), filename, contentType, content }];
}

/**
 * The choice changed between planning and sending: the mail is not sent, and the timeline says why. What was not wanted
 * is settled; what was not possible is news again and made up for as soon as it is.
 */
async function cancelAfterClaim(
  ctx: ServiceContext,
  claimed: Notification,
  { items, user }: MailFacts,
  { choice, because }: Extract<RecipientFound, { kind: "none" }>,
): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    await lockRequestsOf(tx, claimed.id);
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
    const requestIds = requestIdsOf(claimed, items);
    await insertTimeline(
      tx,
      requestIds.map((requestId) => ({
        requestId,
        userId: claimed.userId,
        at: now,
        kind: "not_told" as const,
        code: "recipient_changed",
        words: `${user?.displayName ?? "Somebody"} was not told about ${newsWords(requestId, claimed, items)}`,
        reason: sentence(because),
        source: "BingeAlert",
        notificationId: claimed.id,
      })),
    );
    await refreshRequestStates(tx, requestIds, now);
    await announceChange(tx, "notifications");
  });
}

/** Gives the claim back: the mail leaves when its reader's quiet hours, or maintenance, are over, or Plex is ready. */
async function keepBack(
  ctx: ServiceContext,
  config: Config,
  claimed: Notification,
  { user, items }: MailFacts,
  pause: Pause,
): Promise<void> {
  const now = ctx.now();
  const clock = clockWords(pause.until, now, config.timeZone);
  const until = pause.waitsFor ?? `until ${clock}`;
  await ctx.database.db.transaction(async (tx) => {
    await lockRequestsOf(tx, claimed.id);
    const moved = await moveNotification(
      tx,
      claimed.id,
      ["sending"],
      {
        status: "scheduled",
        dueAt: pause.until,
        statusReason: `Held until ${clock}: ${pause.because}`,
        attempts: claimed.attempts - 1,
      },
      now,
    );
    if (!moved) return;
    const payload = { notificationId: claimed.id };
    await enqueue(tx, "deliver_notification", payload, { runAt: pause.until });
    await planLastLook(tx, claimed, pause.until, now);
    const requestIds = requestIdsOf(claimed, items);
    if (requestIds.length > 0) {
      await insertTimeline(
        tx,
        requestIds.map((requestId) => ({
          requestId,
          userId: claimed.userId,
          at: now,
          kind: "wait" as const,
          code: "mail_kept_back",
          words: `Kept the mail to ${user?.displayName ?? "the reader"} back ${until}`,
          reason: sentence(pause.because),
          source: "BingeAlert",
          notificationId: claimed.id,
          dedupeKey: `kept:${claimed.id}:${requestId}:${pause.waitsFor ?? pause.until.getTime()}`,
        })),
      );
      await refreshRequestStates(tx, requestIds, now);
    }
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
  const claim = { notificationId, workerId: ctx.workerId, now };
  if (limit <= 0) return deliveryDesk(ctx.database).claim(claim);
  return ctx.database.db.transaction(async (tx) => {
    await lockSendLimit(tx);
    // Its own time comes first: a turn that is free sooner must not cut a pause between tries short.
    const row = await findNotification(tx, notificationId);
    if (!row || row.dueAt > now) return null;
    const sentTimes = await listRecentSendTimes(tx, new Date(now.getTime() - hour), limit);
    const at = nextFreeSlot(sentTimes, limit);
    if (!at || at <= now) return (await claimNotifications(tx, [claim]))[0] ?? null;
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
