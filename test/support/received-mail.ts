import type { ParsedMail } from "mailparser";

export type MailOutcome = "accepted" | "deferred" | "refused" | "hung up";

/** A message as the mailbox was given it. */
export type ReceivedMail = {
  id: number;
  at: Date;
  /** Envelope sender and recipients, which may differ from the headers. */
  envelopeFrom: string;
  envelopeTo: string[];
  subject: string;
  messageId: string;
  text: string;
  html: string;
  headers: ParsedMail["headers"];
  parsed: ParsedMail;
  raw: string;
  outcome: MailOutcome;
};
