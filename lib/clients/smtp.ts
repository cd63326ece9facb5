import { domainToASCII } from "node:url";
import SMTPPool from "nodemailer/lib/smtp-pool";
import type { DeliveryOutcome } from "@/lib/domain/delivery-outcome";
import { UpstreamError } from "@/lib/errors";
import { createHandOver, type HandOver } from "./hand-over-stream";
import { isTlsCode, tlsWords } from "./http";
import { classifySmtpFailure, type SmtpFailure } from "./smtp-outcome";
import { type SmtpSettings, toPoolOptions } from "./smtp-settings";

export type OutgoingMail = {
  /** Bare addresses; one recipient per mail. */
  envelope: { from: string; to: string };
  /** Finished RFC 822 message, see `composeMessage`. */
  message: Buffer | string;
  /**
   * Records that the server is about to have the whole mail. Awaited before the end of the message
   * is sent; when it rejects, the server does not get the mail.
   */
  onHandOver: () => Promise<void>;
};

/** The wire to mail servers; connections are pooled and kept between mails. */
export type SmtpSender = {
  /**
   * Sends one mail. Never throws for what the server does: see DeliveryOutcome. New settings apply
   * from this mail on; mails under way finish over the old connections.
   */
  sendMail(settings: SmtpSettings, mail: OutgoingMail): Promise<DeliveryOutcome>;
  /** Ends idle connections now and busy ones after their mail. */
  close(): void;
};

/** A conversation that takes longer is given up, however slowly the server keeps talking. */
const longestConversationMs = 5 * 60_000;

/** Makes a sender; one per process is enough. */
export function createSmtpSender(): SmtpSender {
  let current: { key: string; pool: SMTPPool } | null = null;
  const retired = new Set<SMTPPool>();

  const retire = () => {
    if (current === null) return;
    retired.add(current.pool);
    current = null;
    closeFinished();
  };
  // Closing a pool fails the mails that wait in it, so a retired one is closed when it is empty.
  const closeFinished = () => {
    for (const pool of retired) {
      if (pool.pendingCount() > 0) continue;
      retired.delete(pool);
      pool.close();
    }
  };
  const poolFor = (settings: SmtpSettings): SMTPPool => {
    const key = JSON.stringify(settings);
    if (current?.key !== key) {
      retire();
      current = { key, pool: new SMTPPool(toPoolOptions(settings)) };
    }
    return current.pool;
  };

  return {
    async sendMail(settings, { envelope, message, onHandOver }) {
      const pool = poolFor(settings);
      const bytes = typeof message === "string" ? Buffer.from(message) : message;
      const handOver = createHandOver(bytes, onHandOver);
      const result = await converse(pool, toAsciiEnvelope(envelope), bytes.length, handOver);
      const handedOver = handOver.isHandedOver();
      handOver.stop();
      if (!("failure" in result) && !handedOver) {
        // A server that says yes in the middle of a message is out of step: the next mail over
        // this connection would become part of this one.
        if (current?.pool === pool) current = null;
        retired.delete(pool);
        pool.close({ force: true });
      }
      closeFinished();
      return outcomeOf(result, handedOver);
    },
    close: retire,
  };
}

type Conversation = { response: string } | { failure: SmtpFailure };

function outcomeOf(result: Conversation, handedOver: boolean): DeliveryOutcome {
  if ("failure" in result) return classifySmtpFailure(result.failure, handedOver);
  if (handedOver) return { kind: "accepted", response: result.response };
  return { kind: "tryLater", code: null, response: result.response, scope: "server" };
}

type Envelope = { from: string; to: string[] };

/**
 * One mail through the pool. The pool puts a mail back into its queue when a connection closes
 * under it; that is harmless here, because each attempt opens the message anew and it does not
 * open after the hand-over.
 */
function converse(
  pool: SMTPPool,
  envelope: Envelope,
  size: number,
  handOver: HandOver,
): Promise<Conversation> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), longestConversationMs);
  const mail = {
    data: { signal: abort.signal },
    message: {
      getEnvelope: () => ({ ...envelope, size }),
      getHeader: () => "",
      messageId: () => "",
      createReadStream: handOver.open,
    },
  };
  return new Promise((resolve) => {
    pool.send(asPoolMail(mail), (error, info) => {
      clearTimeout(timer);
      resolve(error ? { failure: error } : { response: info?.response ?? "" });
    });
  });
}

/**
 * The pool takes nodemailer's compiled mail. It reads of it what is given here and nothing more
 * (smtp-pool and its pool-resource, 10.6.0): envelope, Message-ID for its log, signal, and a fresh
 * stream per attempt, which a compiled mail does not give for a raw message.
 */
function asPoolMail(mail: unknown): Parameters<SMTPPool["send"]>[0] {
  return mail as Parameters<SMTPPool["send"]>[0];
}

/** Domains with letters beyond ASCII go in their ASCII form, which every server takes. */
function toAsciiEnvelope({ from, to }: { from: string; to: string }): Envelope {
  return { from: toAsciiDomain(from), to: [toAsciiDomain(to)] };
}

function toAsciiDomain(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = domainToASCII(address.slice(at + 1));
  return at < 0 || domain === "" ? address : `${address.slice(0, at)}@${domain}`;
}

/**
 * Connects and logs in without sending anything. Resolves when that works; throws UpstreamError
 * with words for the settings page.
 */
export async function verifySmtp(settings: SmtpSettings): Promise<void> {
  const pool = new SMTPPool(toPoolOptions(settings));
  try {
    await pool.verify();
  } catch (cause) {
    throw verifyError(settings, cause);
  } finally {
    pool.close();
  }
}

function verifyError({ host, port, security }: SmtpSettings, cause: unknown): UpstreamError {
  const failure: SmtpFailure = cause instanceof Error ? cause : { message: String(cause) };
  const { code, originalCode = "", response, responseCode: status } = failure;
  const said = response ? `: ${response}` : "";
  const error = (kind: UpstreamError["kind"], message: string) =>
    new UpstreamError({
      service: "smtp",
      kind,
      message,
      cause,
      ...(status === undefined ? {} : { status }),
    });
  if (code === "EAUTH" || code === "ENOAUTH") {
    return error("auth", `The mail server is there, but it refused the login${said}`);
  }
  if (code === "EDNS") return error("dns", `The name ${host} is unknown here`);
  if (code === "ETIMEDOUT") return error("timeout", `${host}:${port} gave no answer in time`);
  if (code === "ETLS" && security === "starttls" && !/^Error initiating/.test(failure.message)) {
    return error("tls", `The mail server does not offer STARTTLS at port ${port}${said}`);
  }
  if (code === "ETLS" || isTlsCode(originalCode)) {
    return error("tls", tlsFailureWords(host, originalCode, failure.message));
  }
  if (code === "EPROTOCOL") {
    return error("parse", `What answers at ${host}:${port} does not speak SMTP as expected${said}`);
  }
  if (response) return error("status", `The mail server said no${said}`);
  return originalCode === "" || originalCode === "ECONNRESET"
    ? error("refused", `${host}:${port} hung up. Does the kind of security fit the port?`)
    : error("refused", `Nothing answers at ${host}:${port}`);
}

/** After STARTTLS nodemailer keeps OpenSSL's text, but not its code. */
function tlsFailureWords(host: string, code: string, message: string): string {
  const known = /altnames/i.test(message)
    ? "ERR_TLS_CERT_ALTNAME_INVALID"
    : /expired/i.test(message)
      ? "CERT_HAS_EXPIRED"
      : /self.signed|unable to/i.test(message)
        ? "SELF_SIGNED"
        : code;
  const words = tlsWords("the mail server", host, known);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
