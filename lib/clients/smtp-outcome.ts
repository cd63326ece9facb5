import type { DeliveryOutcome, DeliveryScope } from "@/lib/domain/delivery-outcome";

/** The parts of a nodemailer error that tell what happened. */
export type SmtpFailure = {
  message: string;
  /** EENVELOPE, EMESSAGE, EAUTH, ECONNECTION, … */
  code?: string | undefined;
  /** The code of the system underneath, such as ECONNREFUSED. */
  originalCode?: string | undefined;
  /** The server's reply as it came. */
  response?: string | undefined;
  responseCode?: number | undefined;
  /** The SMTP command that was answered; `API` when nothing was sent. */
  command?: string | undefined;
};

/**
 * Decides what a failed conversation means. `handedOver`: the end of the message was on its way,
 * so only an answer to it proves that the server does not have the mail.
 */
export function classifySmtpFailure(failure: SmtpFailure, handedOver: boolean): DeliveryOutcome {
  const reply = replyOf(failure);
  const response = failure.response ?? failure.message;
  if (handedOver && (reply === null || !isAnswerToMessage(failure))) {
    return { kind: "unknown", response };
  }
  const tryLater = (scope: DeliveryScope): DeliveryOutcome => ({
    kind: "tryLater",
    code: reply,
    response,
    scope,
  });
  if (reply === null) {
    return isBadRecipient(failure) ? { kind: "refused", code: null, response } : tryLater("server");
  }
  if (isAboutOurAccess(reply, response)) return tryLater("server");
  if (failure.command === "MAIL FROM" && reply >= 500) return tryLater("sender");
  if (!isAboutThisMail(failure)) return tryLater("server");
  // 421: the server closes the connection, whatever it was asked.
  if (reply < 500) return tryLater(reply === 421 ? "server" : "address");
  return { kind: "refused", code: reply, response };
}

/** A negative reply code; replies below 400 are no answer to rely on. */
function replyOf({ responseCode }: SmtpFailure): number | null {
  return responseCode !== undefined && responseCode >= 400 && responseCode < 600
    ? responseCode
    : null;
}

/** EMESSAGE answers the end of DATA; ECONNECTION with a reply is an answer cut off by the hang-up. */
function isAnswerToMessage({ code }: SmtpFailure): boolean {
  return code === "EMESSAGE" || code === "ECONNECTION";
}

/** Replies to anything but the recipient and the message are about the server or our settings. */
function isAboutThisMail({ code, command }: SmtpFailure): boolean {
  return code === "EMESSAGE" || command === "RCPT TO" || command === "DATA";
}

/**
 * Login wanted or refused (530, 534, 535, 538), commands out of order (503, often "log in first"),
 * and relaying denied, which shares its codes with unknown mailboxes: settings, not addresses.
 */
function isAboutOurAccess(reply: number, response: string): boolean {
  return [503, 530, 534, 535, 538].includes(reply) || /\brelay(ing)?\b/i.test(response);
}

/** Refused here, before a word was sent: line breaks in the address, or a mail over the limit. */
function isBadRecipient({ code, message }: SmtpFailure): boolean {
  return (
    (code === "EENVELOPE" && /recipient/i.test(message)) ||
    (code === "EMESSAGE" && /size larger than allowed/i.test(message))
  );
}
