import type { SMTPPoolOptions } from "nodemailer/lib/smtp-pool";

/** How to reach the mail server. Equal values share one pool of connections. */
export type SmtpSettings = {
  host: string;
  port: number;
  /** `starttls` never falls back to plain text. */
  security: "starttls" | "ssl" | "none";
  /** Both empty: no login. */
  user: string;
  password: string;
  /** For servers with a certificate of their own making. */
  tls?: { ca?: string; rejectUnauthorized?: boolean };
  /** Conversations at once. Default 5. */
  connections?: number;
  /** Milliseconds of silence before a conversation is given up. Default 60 000. */
  socketTimeoutMs?: number;
};

const seconds = 1000;

/** The settings in nodemailer's terms. */
export function toPoolOptions(settings: SmtpSettings): SMTPPoolOptions {
  const { host, port, security, user, password } = settings;
  return {
    host,
    port,
    secure: security === "ssl",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: { minVersion: "TLSv1.2", ...settings.tls },
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    dnsTimeout: 10 * seconds,
    socketTimeout: settings.socketTimeoutMs ?? 60 * seconds,
    maxConnections: settings.connections ?? 5,
    maxMessages: 100,
    // Without forceAuth a server that offers no login would get the mail unauthenticated, and
    // refuse every address for good instead of naming the real trouble.
    ...(user === "" ? {} : { auth: { user, pass: password }, forceAuth: true }),
  };
}
