import { setTimeout as wait } from "node:timers/promises";
import { findNotification } from "@/lib/store/notifications";
import type { ServiceContext } from "../context";
import { adminAddress } from "../mails/mail-addresses";
import { sendTestMail } from "../mails/send-test-mail";
import { testMailServer } from "./test-connection";

/** What became of a test mail, in the words of the mail server. */
export type MailTrial =
  | { kind: "accepted"; to: string; reply: string }
  | { kind: "failed"; words: string; remedy: string | null; evidence: string | null };

/** A mail server that is slow to greet takes this long; then the page says that it still waits. */
const patienceMs = 30_000;
const betweenLooksMs = 100;

/**
 * Sends a test mail on the way every mail takes, and waits for what the mail server says. Without an address it goes
 * where news for the admin goes. Throws `bad_request` for an address that is none.
 */
export async function tryMail(ctx: ServiceContext, wanted: string): Promise<MailTrial> {
  const config = await ctx.loadConfig();
  const to = wanted || (adminAddress(config.settings) ?? "");
  // Says best what is wrong with name, port, encryption and login.
  const connection = await testMailServer(config);
  if (connection.kind === "failed") return connection;
  const id = await sendTestMail(ctx, to);
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const mail = await findNotification(ctx.database.db, id);
    switch (mail?.status) {
      case "sent":
        return { kind: "accepted", to, reply: mail.smtpReply ?? "" };
      case "failed":
      case "retrying":
      case "unknown":
      case "held":
      case "cancelled":
        return {
          kind: "failed",
          words: mail.statusReason ?? "The mail was not taken",
          remedy: null,
          evidence: mail.smtpReply,
        };
    }
    await wait(betweenLooksMs);
  }
  return {
    kind: "failed",
    words: "The mail is still waiting",
    remedy: "The worker has not sent it yet. Look at BingeAlert's log, then try again",
    evidence: null,
  };
}
