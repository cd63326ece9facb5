import { createTransport, type Transporter } from "nodemailer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Mailbox } from "@/test/support/mailbox";

let mailbox: Mailbox;
let transport: Transporter;

beforeEach(async () => {
  mailbox = new Mailbox({ page: true });
  await mailbox.start();
  transport = transportTo();
});
afterEach(async () => {
  transport.close();
  await mailbox.stop();
});

function transportTo(auth?: { user: string; pass: string }): Transporter {
  return createTransport({
    host: "127.0.0.1",
    port: mailbox.port,
    secure: false,
    ignoreTLS: true,
    ...(auth ? { auth } : {}),
  });
}

const send = (to: string, subject = "Ready to watch", html = "<p>It is <b>ready</b>.</p>") =>
  transport.sendMail({
    from: "BingeAlert <b@example.net>",
    to,
    subject,
    html,
    text: "It is ready.",
  });

const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => null,
    (error: { responseCode?: number; code?: string }) => error,
  );

test("keeps what arrives, parsed", async () => {
  await send("anna@example.net");
  const [mail] = await mailbox.waitFor(1);
  expect(mail).toMatchObject({
    envelopeTo: ["anna@example.net"],
    subject: "Ready to watch",
    outcome: "accepted",
  });
  expect(mail?.html).toContain("<b>ready</b>");
  expect(mail?.text.trim()).toBe("It is ready.");
  expect(mailbox.to("Anna@example.net")).toHaveLength(1);
});

test("waits for what is still to come, and says what there is when it does not", async () => {
  const waiting = mailbox.waitFor((m) => m.subject === "Second", 2000);
  await send("anna@example.net", "First");
  await send("anna@example.net", "Second");
  expect(await waiting).toHaveLength(1);
  await expect(mailbox.waitFor(3, 30)).rejects.toThrow(/3 mails; there are 2: .*First/);
});

describe("misbehaves on request", () => {
  test.each([
    ["refuse-recipient", 550],
    ["defer-recipient", 450],
    ["defer-message", 451],
    ["refuse-message", 554],
  ] as const)("%s answers %i", async (kind, code) => {
    mailbox.behave("anna@example.net", { kind });
    expect(await failure(send("anna@example.net"))).toMatchObject({ responseCode: code });
    await send("jonas@example.net");
    expect(mailbox.messages).toHaveLength(1);
    mailbox.recover();
    await send("anna@example.net");
    expect(mailbox.messages).toHaveLength(2);
  });

  test("for as many mails as asked, with words of its own", async () => {
    mailbox.behave(
      "*",
      { kind: "refuse-recipient", code: 552, message: "5.2.2 Full" },
      { times: 1 },
    );
    expect(await failure(send("anna@example.net"))).toMatchObject({
      responseCode: 552,
      response: "552 5.2.2 Full",
    });
    await send("anna@example.net");
  });

  test("hangs up after the message was handed over", async () => {
    mailbox.behave("anna@example.net", { kind: "hang-up-after-message", keep: true }, { times: 1 });
    const error = await failure(send("anna@example.net"));
    expect(error).not.toBeNull();
    expect(error?.responseCode).toBeUndefined();
    expect(mailbox.messages).toMatchObject([{ outcome: "hung up" }]);
    mailbox.behave("jonas@example.net", { kind: "hang-up-after-message", keep: false });
    await failure(send("jonas@example.net"));
    expect(mailbox.messages).toHaveLength(1);
    expect(mailbox.attempts).toHaveLength(2);
  });

  test("turns connections away, or is not there", async () => {
    mailbox.refuseConnections({ times: 1 });
    expect(await failure(send("anna@example.net"))).toMatchObject({ responseCode: 421 });
    await mailbox.down();
    expect(await failure(send("anna@example.net"))).toMatchObject({ code: "ESOCKET" });
    await mailbox.up();
    await send("anna@example.net");
  });

  test("answers slowly", async () => {
    mailbox.behave("*", { kind: "slow", ms: 80 });
    const startedAt = performance.now();
    await send("anna@example.net");
    expect(performance.now() - startedAt).toBeGreaterThan(70);
  });

  test("wants a login", async () => {
    await mailbox.requireLogin({ user: "server", password: "right" });
    transport = transportTo({ user: "server", pass: "wrong" });
    expect(await failure(send("anna@example.net"))).toMatchObject({ responseCode: 535 });
    transport = transportTo({ user: "server", pass: "right" });
    await send("anna@example.net");
    expect(mailbox.messages).toHaveLength(1);
  });
});

test("can only count, for measuring", async () => {
  const counting = new Mailbox({ countOnly: true });
  await counting.start();
  const sender = createTransport({ host: "127.0.0.1", port: counting.port, ignoreTLS: true });
  await sender.sendMail({ from: "a@example.net", to: "b@example.net", subject: "x", text: "x" });
  expect([counting.accepted, counting.messages.length]).toEqual([1, 0]);
  await counting.stop();
});

describe("the page", () => {
  const page = (path: string) => fetch(`${mailbox.page?.url}${path}`);

  test("lists mails and escapes what they say", async () => {
    expect(await (await page("/")).text()).toContain("Nothing has arrived yet");
    await send(
      "anna@example.net",
      "<script>alert(1)</script> & more",
      "<script>alert(2)</script><p>Hi</p>",
    );
    const list = await (await page("/")).text();
    expect(list).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more");
    expect(list).not.toContain("<script>");
    for (const view of ["html", "text", "source"]) {
      const detail = await (await page(`/mail/1?view=${view}`)).text();
      expect(detail).not.toContain("<script>");
    }
    expect((await page("/mail/99")).status).toBe(404);
  });

  test("shows a mail's HTML in a sandbox", async () => {
    await send("anna@example.net", "x", "<script>alert(2)</script><p>Hi</p>");
    const detail = await (await page("/mail/1")).text();
    expect(detail).toMatch(/<iframe [^>]*sandbox="allow-popups/);
    const body = await page("/mail/1/html");
    expect(body.headers.get("content-security-policy")).toMatch(/^sandbox .*default-src 'none'/);
  });

  test("shows inline pictures of a mail", async () => {
    await transport.sendMail({
      from: "b@example.net",
      to: "anna@example.net",
      subject: "Poster",
      html: '<img src="cid:poster@x">',
      attachments: [
        {
          cid: "poster@x",
          filename: "p.png",
          contentType: "image/png",
          content: Buffer.from("png"),
        },
      ],
    });
    const html = await (await page("/mail/1/html")).text();
    const src = /src="([^"]+)"/.exec(html)?.[1] ?? "";
    expect((await page(src)).headers.get("content-type")).toBe("image/png");
  });
});
