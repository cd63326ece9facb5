import type { AddressInfo, Socket } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { MailboxPage } from "./mailbox-page";
import type { MailOutcome, ReceivedMail } from "./received-mail";

/** What the server does to mail for one address (or for all). */
export type MailBehaviour =
  /** Refused for good at RCPT: 550 unless said otherwise. */
  | { kind: "refuse-recipient"; code?: number; message?: string }
  /** Try later, at RCPT: 450. */
  | { kind: "defer-recipient"; code?: number; message?: string }
  /** Try later, after the message was received: 451. */
  | { kind: "defer-message"; code?: number; message?: string }
  /** Refused for good after the message was received: 554. */
  | { kind: "refuse-message"; code?: number; message?: string }
  /** The message is received, then the connection is cut before any answer. Kept in the mailbox or not. */
  | { kind: "hang-up-after-message"; keep: boolean }
  /** Accepted, but the answer takes this long. */
  | { kind: "slow"; ms: number };

export type MailboxOptions = {
  /** Fixed port of the SMTP server; without it a free one is taken. */
  port?: number;
  /** Serve the page that lists the mails; a number is its port. */
  page?: boolean | number;
  /** Only count mails, parse and keep none: for measuring. */
  countOnly?: boolean;
};

type Rule = { address: string; behaviour: MailBehaviour; left: number };

/** A real SMTP server on loopback that keeps what it is given and misbehaves on request. */
export class Mailbox {
  /** Mails that arrived, oldest first: accepted ones, and those kept when the answer was lost. */
  readonly messages: ReceivedMail[] = [];
  /** Every message that was handed over, whatever the answer. */
  readonly attempts: ReceivedMail[] = [];
  /** How many messages were accepted, also with `countOnly`. */
  accepted = 0;
  /** How many connections were opened. */
  connections = 0;
  /** The page for people, when it was asked for. */
  readonly page: MailboxPage | null;
  private readonly countOnly: boolean;
  private server: SMTPServer | null = null;
  private listeningPort: number;
  private rules: Rule[] = [];
  private login: { user: string; password: string } | null = null;
  private connectRefusal: { code: number; message: string; left: number } | null = null;
  private readonly sockets = new Map<string, Socket>();
  private readonly waiting = new Set<() => void>();
  private nextId = 1;

  constructor(options: MailboxOptions = {}) {
    this.listeningPort = options.port ?? 0;
    this.countOnly = options.countOnly ?? false;
    const pagePort = typeof options.page === "number" ? { port: options.page } : {};
    this.page = options.page ? new MailboxPage(() => this.messages, pagePort) : null;
  }

  /** Port of the SMTP server. */
  get port(): number {
    return this.listeningPort;
  }

  /** Starts the SMTP server, and the page when there is one. */
  async start(): Promise<void> {
    await this.up();
    await this.page?.start();
  }

  /** Stops both and cuts open connections. */
  async stop(): Promise<void> {
    await this.down();
    await this.page?.stop();
  }

  /** Connections are refused until `up()`. */
  async down(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(resolve));
    for (const socket of this.sockets.values()) socket.destroy();
    await closed;
  }

  /** The server is back on the same port. */
  async up(): Promise<void> {
    if (this.server) return;
    const server = this.makeServer();
    server.server.on("connection", (socket) => {
      this.connections += 1;
      const key = socketKey(socket.remoteAddress, socket.remotePort);
      this.sockets.set(key, socket);
      socket.on("close", () => this.sockets.delete(key));
    });
    await new Promise<void>((resolve, reject) => {
      server.server.once("error", reject);
      server.listen(this.listeningPort, "127.0.0.1", resolve);
    });
    // A client that hangs up in mid-sentence is none of the test's business.
    server.on("error", () => {});
    this.listeningPort = (server.server.address() as AddressInfo).port;
    this.server = server;
  }

  /** From now on mail to the address (`"*"` for all) is treated so; the newest rule wins. */
  behave(address: string, behaviour: MailBehaviour, options: { times?: number } = {}): void {
    const left = options.times ?? Number.POSITIVE_INFINITY;
    this.rules.unshift({ address: address.toLowerCase(), behaviour, left });
  }

  /** Answers connections with this code and hangs up; 421 unless said otherwise. */
  refuseConnections(options: { code?: number; message?: string; times?: number } = {}): void {
    this.connectRefusal = {
      code: options.code ?? 421,
      message: options.message ?? "4.3.2 Too many connections, try again later",
      left: options.times ?? Number.POSITIVE_INFINITY,
    };
  }

  /** Only this login may send; another password gets 535. Null asks for none again. Restarts the server. */
  async requireLogin(login: { user: string; password: string } | null): Promise<void> {
    this.login = login;
    if (!this.server) return;
    await this.down();
    await this.up();
  }

  /** Ends all misbehaviour but a required login. */
  recover(): void {
    this.rules = [];
    this.connectRefusal = null;
  }

  /** Forgets the mails. */
  clear(): void {
    this.messages.length = 0;
    this.attempts.length = 0;
  }

  /** Mails whose envelope names the address. */
  to(address: string): ReceivedMail[] {
    return this.messages.filter((m) => m.envelopeTo.includes(address.toLowerCase()));
  }

  /** Waits until that many mails are here, or one fits; resolves to those. Rejects with what there is. */
  async waitFor(
    wanted: number | ((mail: ReceivedMail) => boolean),
    timeoutMs = 5000,
  ): Promise<ReceivedMail[]> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const found = typeof wanted === "number" ? this.messages : this.messages.filter(wanted);
      if (found.length >= (typeof wanted === "number" ? wanted : 1)) return [...found];
      const left = until - Date.now();
      if (left <= 0) {
        const list = this.messages.map((m) => `${m.envelopeTo.join(", ")}: ${m.subject}`);
        const what = typeof wanted === "number" ? `${wanted} mails` : "a mail that fits";
        throw new Error(
          `Waited ${timeoutMs} ms for ${what}; there are ${list.length}: ${list.join(" | ")}`,
        );
      }
      await this.nextChange(left);
    }
  }

  private nextChange(atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, atMostMs);
      this.waiting.add(wake);
    });
  }

  private makeServer(): SMTPServer {
    return new SMTPServer({
      name: "mail.example.net",
      authOptional: this.login === null,
      disabledCommands: this.login ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
      hideSTARTTLS: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      logger: false,
      onAuth: (auth, _session, callback) => {
        const { login } = this;
        if (login && auth.username === login.user && auth.password === login.password) {
          callback(null, { user: auth.username });
        } else callback(smtpError(535, "5.7.8 Username and password not accepted"));
      },
      onConnect: (_session, callback) => {
        const refusal = this.connectRefusal;
        if (!refusal || refusal.left <= 0) return callback();
        refusal.left -= 1;
        callback(smtpError(refusal.code, refusal.message));
      },
      onRcptTo: (address, _session, callback) => {
        const behaviour = this.take(address.address, ["refuse-recipient", "defer-recipient"]);
        if (behaviour?.kind === "refuse-recipient") {
          const words = behaviour.message ?? "5.1.1 No such user here";
          return callback(smtpError(behaviour.code ?? 550, words));
        }
        if (behaviour?.kind === "defer-recipient") {
          const words = behaviour.message ?? "4.2.1 Mailbox busy, try again later";
          return callback(smtpError(behaviour.code ?? 450, words));
        }
        callback();
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          this.takeMessage(Buffer.concat(chunks), session).then(
            (error) => callback(error, error ? undefined : "2.0.0 Queued"),
            (error: Error) => callback(error),
          );
        });
      },
    });
  }

  /** Null when the message is accepted. Never settles when the connection was cut. */
  private async takeMessage(raw: Buffer, session: SMTPServerSession): Promise<Error | null> {
    const to = session.envelope.rcptTo.map((r) => r.address.toLowerCase());
    const behaviour = this.takeFor(to, [
      "defer-message",
      "refuse-message",
      "hang-up-after-message",
      "slow",
    ]);
    const refused = behaviour?.kind === "refuse-message" || behaviour?.kind === "defer-message";
    const kept = !refused && (behaviour?.kind !== "hang-up-after-message" || behaviour.keep);
    if (!this.countOnly) {
      const mail = await this.parse(raw, session, to, outcomeOf(behaviour));
      this.attempts.push(mail);
      if (kept) this.messages.push(mail);
    }
    if (kept) this.accepted += 1;
    for (const wake of [...this.waiting]) wake();

    switch (behaviour?.kind) {
      case "hang-up-after-message":
        this.sockets.get(socketKey(session.remoteAddress, session.remotePort))?.destroy();
        return new Promise(() => {});
      case "defer-message":
        return smtpError(behaviour.code ?? 451, behaviour.message ?? "4.3.0 Try again later");
      case "refuse-message":
        return smtpError(behaviour.code ?? 554, behaviour.message ?? "5.7.1 Message refused");
      case "slow":
        await new Promise((resolve) => setTimeout(resolve, behaviour.ms));
        return null;
      default:
        return null;
    }
  }

  private async parse(
    raw: Buffer,
    session: SMTPServerSession,
    to: string[],
    outcome: MailOutcome,
  ): Promise<ReceivedMail> {
    // The page shows inline pictures itself, so links to parts are kept as they are.
    const parsed = await simpleParser(raw, { skipImageLinks: true });
    const { mailFrom } = session.envelope;
    return {
      id: this.nextId++,
      at: new Date(),
      envelopeFrom: mailFrom ? mailFrom.address : "",
      envelopeTo: to,
      subject: parsed.subject ?? "",
      messageId: parsed.messageId ?? "",
      text: parsed.text ?? "",
      html: parsed.html || "",
      headers: parsed.headers,
      parsed,
      raw: raw.toString("utf8"),
      outcome,
    };
  }

  private takeFor(addresses: string[], kinds: MailBehaviour["kind"][]): MailBehaviour | null {
    for (const address of addresses) {
      const behaviour = this.take(address, kinds);
      if (behaviour) return behaviour;
    }
    return null;
  }

  private take(address: string, kinds: MailBehaviour["kind"][]): MailBehaviour | null {
    const rule = this.rules.find(
      (r) =>
        r.left > 0 &&
        kinds.includes(r.behaviour.kind) &&
        (r.address === "*" || r.address === address.toLowerCase()),
    );
    if (!rule) return null;
    rule.left -= 1;
    return rule.behaviour;
  }
}

function outcomeOf(behaviour: MailBehaviour | null): MailOutcome {
  switch (behaviour?.kind) {
    case "defer-message":
      return "deferred";
    case "refuse-message":
      return "refused";
    case "hang-up-after-message":
      return "hung up";
    default:
      return "accepted";
  }
}

function smtpError(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

function socketKey(address: string | undefined, port: number | undefined): string {
  return `${(address ?? "").replace(/^::ffff:/, "")}:${port}`;
}
