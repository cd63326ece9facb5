import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { composeMessage } from "@/lib/clients/mail-message";
import { createSmtpSender, type SmtpSender, verifySmtp } from "@/lib/clients/smtp";
import type { SmtpSettings } from "@/lib/clients/smtp-settings";
import { UpstreamError } from "@/lib/errors";
import { type ScriptedServer, scriptedServer } from "./smtp-conversation";
import { testCertificate } from "./test-certificate";

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function newSender(): SmtpSender {
  const sender = createSmtpSender();
  cleanUps.push(() => sender.close());
  return sender;
}

async function scripted(script: Parameters<typeof scriptedServer>[0]): Promise<ScriptedServer> {
  const server = await scriptedServer(script);
  cleanUps.push(() => server.close());
  return server;
}

async function realServer(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({ ...testCertificate, disableReverseLookup: true, ...options });
  // A client that hangs up or distrusts us is what some tests are about.
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  cleanUps.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

function settingsFor(port: number, change: Partial<SmtpSettings> = {}): SmtpSettings {
  return { host: "127.0.0.1", port, security: "none", user: "", password: "", ...change };
}

function mail(onHandOver: () => Promise<void> = async () => {}) {
  return {
    envelope: { from: "server@example.net", to: "anna@example.net" },
    message: `Subject: Test\r\n\r\n.A line with a dot\r\n${"x".repeat(70)}\r\n`,
    onHandOver,
  };
}

describe("a mail that the server takes", () => {
  it("is accepted, arrives unchanged, and its hand-over is recorded before its end", async () => {
    const order: string[] = [];
    const server = await scripted({ onEnd: () => order.push("server has it") });
    const outcome = await newSender().sendMail(
      settingsFor(server.port),
      mail(async () => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        expect(server.messages).toEqual([]);
        order.push("recorded");
      }),
    );
    expect(outcome).toEqual({ kind: "accepted", response: "250 2.0.0 queued as 1" });
    expect(order).toEqual(["recorded", "server has it"]);
    expect(server.messages).toEqual([
      `Subject: Test\r\n\r\n..A line with a dot\r\n${"x".repeat(70)}`,
    ]);
  });

  it("is not recorded as handed over before the server asked for it", async () => {
    const onHandOver = vi.fn(async () => {});
    const server = await scripted({ rcpt: "550 5.1.1 no such user" });
    await newSender().sendMail(settingsFor(server.port), mail(onHandOver));
    expect(onHandOver).not.toHaveBeenCalled();
  });

  it("shares a connection with the mails before it", async () => {
    const server = await scripted({});
    const sender = newSender();
    for (let i = 0; i < 3; i += 1) await sender.sendMail(settingsFor(server.port), mail());
    expect(server.connections()).toBe(1);
    expect(server.messages).toHaveLength(3);
  });

  it("goes out over another connection when the kept one was closed meanwhile", async () => {
    const server = await scripted({});
    const sender = newSender();
    await sender.sendMail(settingsFor(server.port), mail());
    server.hangUp();
    const outcome = await sender.sendMail(settingsFor(server.port), mail());
    expect(outcome.kind).toBe("accepted");
    expect(server.connections()).toBe(2);
    expect(server.messages).toHaveLength(2);
  });
});

describe("a mail that the server does not take", () => {
  const cases: [string, Parameters<typeof scriptedServer>[0], object][] = [
    ["550 for the address", { rcpt: "550 5.1.1 no such user" }, { kind: "refused", code: 550 }],
    ["450 for the address", { rcpt: "450 4.2.1 greylisted" }, tryLater(450, "address")],
    ["421 for the address", { rcpt: "421 4.7.0 going down" }, tryLater(421, "server")],
    ["relaying denied", { rcpt: "554 5.7.1 Relay access denied" }, tryLater(554, "server")],
    ["login wanted", { rcpt: "530 5.7.0 Authentication required" }, tryLater(530, "server")],
    ["550 for our sender", { mail: "550 5.7.1 not your address" }, tryLater(550, "sender")],
    ["451 for our sender", { mail: "451 4.3.0 later" }, tryLater(451, "server")],
    ["554 instead of a greeting", { greeting: "554 go away" }, tryLater(554, "server")],
    ["554 for DATA", { data: "554 5.7.1 no" }, { kind: "refused", code: 554 }],
    ["552 for the message", { end: "552 5.3.4 too big" }, { kind: "refused", code: 552 }],
    ["451 for the message", { end: "451 4.3.0 later" }, tryLater(451, "address")],
    ["421 for the message", { end: "421 4.3.2 going down" }, tryLater(421, "server")],
    ["no answer to the message", { end: "hangUp" }, { kind: "unknown" }],
    ["nonsense for the message", { end: "what?" }, { kind: "unknown" }],
  ];

  it.each(cases)("%s", async (_name, script, expected) => {
    const server = await scripted(script);
    const outcome = await newSender().sendMail(settingsFor(server.port), mail());
    expect(outcome).toMatchObject(expected);
    expect(outcome.response).not.toBe("");
  });

  it("says nothing at all after it: unknown", async () => {
    const server = await scripted({ end: "silence" });
    const settings = settingsFor(server.port, { socketTimeoutMs: 150 });
    expect((await newSender().sendMail(settings, mail())).kind).toBe("unknown");
  });

  it("does not exist: try later, nothing handed over", async () => {
    const server = await scripted({});
    await server.close();
    const onHandOver = vi.fn(async () => {});
    const outcome = await newSender().sendMail(settingsFor(server.port), mail(onHandOver));
    expect(outcome).toMatchObject(tryLater(null, "server"));
    expect(onHandOver).not.toHaveBeenCalled();
  });

  it("has a name nobody knows: try later", async () => {
    const settings = settingsFor(25, { host: "mail.invalid" });
    expect(await newSender().sendMail(settings, mail())).toMatchObject(tryLater(null, "server"));
  });

  it("hangs up before the message is complete: try later", async () => {
    const server = await scripted({});
    const outcome = await newSender().sendMail(
      settingsFor(server.port),
      mail(async () => {
        await server.close();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }),
    );
    expect(outcome).toMatchObject(tryLater(null, "server"));
    expect(server.messages).toEqual([]);
  });

  it("says no before it has the whole message: refused, and it never gets the rest", async () => {
    const server = await scripted({ early: "552 5.3.4 too much" });
    const slowly = mail(() => new Promise((resolve) => setTimeout(resolve, 50)));
    const outcome = await newSender().sendMail(settingsFor(server.port), slowly);
    expect(outcome).toMatchObject({ kind: "refused", code: 552 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.messages).toEqual([]);
  });

  it("says yes before it has the whole message: try later, and no connection is reused", async () => {
    const server = await scripted({ early: "250 fine" });
    const sender = newSender();
    const slowly = mail(() => new Promise((resolve) => setTimeout(resolve, 50)));
    const outcome = await sender.sendMail(settingsFor(server.port), slowly);
    expect(outcome).toMatchObject(tryLater(null, "server"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.messages).toEqual([]);
    expect(server.unfinished).toHaveLength(1);
  });
});

function tryLater(code: number | null, scope: "address" | "sender" | "server") {
  return { kind: "tryLater", code, scope };
}

describe("never twice", () => {
  it("a server that hangs up after the message hears of it once, whatever the pool does", async () => {
    const server = await scripted({ end: "hangUp" });
    const sender = newSender();
    const handOvers = vi.fn(async () => {});
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => sender.sendMail(settingsFor(server.port), mail(handOvers))),
    );
    // Longer than the pool waits before it would take a mail up again.
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(8).fill("unknown"));
    expect(handOvers).toHaveBeenCalledTimes(8);
    expect(server.messages).toHaveLength(8);
  });

  it("a kept connection that stays silent after the message makes no difference", async () => {
    let received = 0;
    const port = await realServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData(stream, _session, callback) {
        stream.resume().on("end", () => {
          received += 1;
          if (received === 1) callback();
        });
      },
    });
    const sender = newSender();
    const settings = settingsFor(port, { socketTimeoutMs: 2_000 });
    expect((await sender.sendMail(settings, mail())).kind).toBe("accepted");
    expect((await sender.sendMail(settings, mail())).kind).toBe("unknown");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(received).toBe(2);
  });

  it("a hand-over that cannot be recorded leaves the message unfinished", async () => {
    const server = await scripted({});
    const outcome = await newSender().sendMail(
      settingsFor(server.port),
      mail(async () => {
        throw new Error("the database is away");
      }),
    );
    expect(outcome).toEqual({
      kind: "tryLater",
      code: null,
      response: "the database is away",
      scope: "server",
    });
    await expect.poll(() => server.unfinished).toHaveLength(1);
    expect(server.messages).toEqual([]);
  });
});

describe("security and settings", () => {
  it("starttls refuses to go on in plain text", async () => {
    const server = await scripted({});
    const settings = settingsFor(server.port, { security: "starttls" });
    const outcome = await newSender().sendMail(settings, mail());
    expect(outcome).toMatchObject({ kind: "tryLater", scope: "server" });
    expect(server.messages).toEqual([]);
  });

  it("a certificate nobody vouches for stops the mail unless it is allowed", async () => {
    const port = await realServer({ authOptional: true, onData: swallow });
    const settings = settingsFor(port, { security: "starttls" });
    const sender = newSender();
    expect(await sender.sendMail(settings, mail())).toMatchObject(tryLater(null, "server"));
    const trusting = { ...settings, tls: { rejectUnauthorized: false } };
    expect((await sender.sendMail(trusting, mail())).kind).toBe("accepted");
    const vouchedFor = { ...settings, tls: { ca: testCertificate.cert } };
    expect((await sender.sendMail(vouchedFor, mail())).kind).toBe("accepted");
  });

  it("ssl speaks TLS from the first byte", async () => {
    const port = await realServer({ authOptional: true, secure: true, onData: swallow });
    const settings = settingsFor(port, { security: "ssl", tls: { rejectUnauthorized: false } });
    expect((await newSender().sendMail(settings, mail())).kind).toBe("accepted");
  });

  it("a wrong password is the server's matter, and new settings apply to the next mail", async () => {
    const port = await realServer({
      disabledCommands: ["STARTTLS"],
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, callback) =>
        password === "right"
          ? callback(null, { user: "u" })
          : callback(Object.assign(new Error("no"), { responseCode: 535 })),
      onData: swallow,
    });
    const sender = newSender();
    const wrong = settingsFor(port, { user: "u", password: "wrong" });
    expect(await sender.sendMail(wrong, mail())).toMatchObject(tryLater(535, "server"));
    const right = { ...wrong, password: "right" };
    expect((await sender.sendMail(right, mail())).kind).toBe("accepted");
  });

  it("a login that the server does not offer is the server's matter", async () => {
    const server = await scripted({ rcpt: "550 5.7.1 who are you" });
    const settings = settingsFor(server.port, { user: "u", password: "p" });
    expect(await newSender().sendMail(settings, mail())).toMatchObject({
      kind: "tryLater",
      scope: "server",
    });
  });

  it("mails under way finish when the settings change", async () => {
    const slow = await scripted({});
    const other = await scripted({});
    const sender = newSender();
    const first = Array.from({ length: 12 }, () =>
      sender.sendMail(
        settingsFor(slow.port),
        mail(() => new Promise((resolve) => setTimeout(resolve, 20))),
      ),
    );
    const next = sender.sendMail(settingsFor(other.port), mail());
    const outcomes = await Promise.all([...first, next]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(13).fill("accepted"));
    expect(other.messages).toHaveLength(1);
  });
});

function swallow(
  ...[stream, , callback]: Parameters<NonNullable<SMTPServerOptions["onData"]>>
): void {
  stream.resume().on("end", () => callback());
}

describe("verifySmtp", () => {
  const wordsFor = async (settings: SmtpSettings) => {
    const error = await verifySmtp(settings).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UpstreamError);
    const { kind, message } = error as UpstreamError;
    return { kind, message };
  };

  it("is content with a server that works", async () => {
    const server = await scripted({});
    await verifySmtp(settingsFor(server.port));
    expect(server.messages).toEqual([]);
  });

  it("tells what is wrong", async () => {
    const plain = await scripted({});
    expect(await wordsFor(settingsFor(plain.port, { security: "starttls" }))).toMatchObject({
      kind: "tls",
      message: expect.stringContaining("does not offer STARTTLS"),
    });
    expect(await wordsFor(settingsFor(plain.port, { user: "u", password: "p" }))).toMatchObject({
      kind: "auth",
    });
    const ssl = await wordsFor(settingsFor(plain.port, { security: "ssl" }));
    expect(ssl).toEqual({
      kind: "tls",
      message: "The mail server does not speak TLS at this port",
    });
    const port = await realServer({ authOptional: true });
    expect(await wordsFor(settingsFor(port, { security: "starttls" }))).toEqual({
      kind: "tls",
      message: "The certificate of the mail server is not signed by an authority known here",
    });
    expect(await wordsFor(settingsFor(25, { host: "mail.invalid" }))).toEqual({
      kind: "dns",
      message: "The name mail.invalid is unknown here",
    });
    const away = await scripted({});
    await away.close();
    expect(await wordsFor(settingsFor(away.port))).toEqual({
      kind: "refused",
      message: `Nothing answers at 127.0.0.1:${away.port}`,
    });
  });
});

describe("composeMessage", () => {
  it("builds a message that mail programs read", async () => {
    const message = await composeMessage({
      from: "BingeAlert <server@example.net>",
      to: "anna@example.net",
      subject: "Tidewater Road: épisodes 3–5 are ready",
      html: '<p>Zoë<img src="cid:poster"></p>',
      text: "Zoë",
      messageId: "<n-1@example.net>",
      date: new Date("2026-03-01T10:00:00Z"),
      headers: {
        "List-Unsubscribe": "<https://example.net/u/abc>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
      attachments: [
        {
          cid: "poster",
          filename: "poster.jpg",
          contentType: "image/jpeg",
          content: Buffer.from("jpeg"),
        },
      ],
    });
    expect(message.toString("latin1")).not.toMatch(/[^\r]\n/);
    const parsed = await simpleParser(message, { skipImageLinks: true });
    expect(parsed.subject).toBe("Tidewater Road: épisodes 3–5 are ready");
    expect(parsed.messageId).toBe("<n-1@example.net>");
    expect(parsed.date).toEqual(new Date("2026-03-01T10:00:00Z"));
    expect(parsed.text?.trim()).toBe("Zoë");
    expect(parsed.html).toContain("cid:poster");
    expect(parsed.attachments[0]).toMatchObject({ cid: "poster", related: true });
    expect(message.toString()).toContain("List-Unsubscribe: <https://example.net/u/abc>");
  });
});
