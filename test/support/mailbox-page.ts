import type { ReceivedMail } from "./received-mail";
import {
  type Answer,
  FakeServer,
  type FakeServerOptions,
  type Incoming,
} from "./upstreams/fake-server";

const style = `
:root { color-scheme: light dark; --bg: light-dark(#f9f7f4, #0f0d13); --card: light-dark(#fff, #17141c);
  --ink: light-dark(#1e1b26, #f2f0ec); --soft: light-dark(#54505c, #b4b1ba); --line: light-dark(#e3e0db, #2f2b36);
  --hover: light-dark(#f0ede8, #211f27); --link: light-dark(#9b5414, #fdb769); }
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--ink); font: 14px/22px ui-sans-serif, system-ui, sans-serif }
main { max-width: 860px; margin: 0 auto; padding: 32px 20px }
h1 { font-size: 20px; line-height: 28px; margin: 0 0 4px }
p { margin: 0 0 20px; color: var(--soft) }
a { color: var(--link) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden }
ol { list-style: none; margin: 0; padding: 0 }
li + li { border-top: 1px solid var(--line) }
li a { display: grid; grid-template-columns: 1fr auto; gap: 0 16px; padding: 12px 16px; color: inherit; text-decoration: none }
li a:hover { background: var(--hover) }
li span, time { color: var(--soft); font-size: 13px }
nav { display: flex; gap: 16px; margin: 0 0 12px }
nav a[aria-current] { color: inherit; text-decoration: none; font-weight: 600 }
iframe { display: block; width: 100%; height: 78vh; border: 0; background: #fff }
pre { margin: 0; padding: 16px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/20px ui-monospace, monospace }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 0 0 20px }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
`;

const views = { html: "As mail", text: "Text", source: "Headers and source" } as const;
type View = keyof typeof views;

/** A small page that lists the mails and shows each: as HTML in a sandbox, as text, as source. */
export class MailboxPage extends FakeServer {
  private readonly mails: () => readonly ReceivedMail[];

  constructor(mails: () => readonly ReceivedMail[], options: FakeServerOptions = {}) {
    super("mailbox page", options);
    this.mails = mails;
    this.route("GET", "/", () => this.list());
    this.route("GET", "/favicon.ico", () => ({ kind: "empty", status: 204 }));
    this.route("GET", "/mail/:id", (incoming) => this.detail(incoming));
    this.route("GET", "/mail/:id/html", (incoming) => this.body(incoming));
    this.route("GET", "/mail/:id/part/:cid", (incoming) => this.part(incoming));
  }

  private list(): Answer {
    const mails = [...this.mails()].reverse();
    const rows = mails.map(
      (mail) => `<li><a href="/mail/${mail.id}"><b>${escapeHtml(mail.subject || "No subject")}</b>
<time>${clock(mail.at)}</time><span>To ${escapeHtml(mail.envelopeTo.join(", "))}</span></a></li>`,
    );
    const count = mails.length === 1 ? "1 mail" : `${mails.length} mails`;
    const content =
      mails.length > 0
        ? `<div class="card"><ol>${rows.join("")}</ol></div>`
        : "<p>Nothing has arrived yet. This page looks again every 2 seconds.</p>";
    const body = `<h1>Mailbox</h1><p>${count}, newest first. Nothing here leaves this machine.</p>${content}`;
    return htmlAnswer("Mailbox", body, '<meta http-equiv="refresh" content="2">');
  }

  private detail(incoming: Incoming): Answer {
    const mail = this.find(incoming);
    if (!mail) return gone();
    const asked = incoming.query.get("view") ?? "html";
    const view: View = asked === "text" || asked === "source" ? asked : "html";
    const tabs = Object.entries(views).map(([name, label]) => {
      const current = name === view ? ' aria-current="page"' : "";
      return `<a href="/mail/${mail.id}?view=${name}"${current}>${label}</a>`;
    });
    const facts = [
      ["From", mail.envelopeFrom],
      ["To", mail.envelopeTo.join(", ")],
      ["Received", clock(mail.at)],
    ].map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value ?? "")}</dd>`);
    const body = `<p><a href="/">All mails</a></p><h1>${escapeHtml(mail.subject)}</h1><dl>${facts.join("")}</dl>
<nav>${tabs.join("")}</nav><div class="card">${pane(mail, view)}</div>`;
    return htmlAnswer(mail.subject, body, "");
  }

  /** The mail's own HTML, kept in a sandbox: no script, no form, links open elsewhere. */
  private body(incoming: Incoming): Answer {
    const mail = this.find(incoming);
    if (!mail) return gone();
    const html = mail.html.replace(/cid:([^"')\s>]+)/g, (_, cid: string) => {
      return `/mail/${mail.id}/part/${encodeURIComponent(cid)}`;
    });
    return {
      kind: "text",
      status: 200,
      type: "text/html; charset=utf-8",
      body: `<base target="_blank">${html}`,
      headers: {
        "Content-Security-Policy":
          "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:; style-src 'unsafe-inline'; font-src data:",
        "Referrer-Policy": "no-referrer",
      },
    };
  }

  private part(incoming: Incoming): Answer {
    const attachment = this.find(incoming)?.parsed.attachments.find(
      (a) => a.cid === incoming.params.cid,
    );
    if (!attachment || !/^image\/(png|jpeg|gif|webp)$/.test(attachment.contentType)) return gone();
    return { kind: "bytes", status: 200, type: attachment.contentType, body: attachment.content };
  }

  private find(incoming: Incoming): ReceivedMail | undefined {
    return this.mails().find((m) => String(m.id) === incoming.params.id);
  }
}

function pane(mail: ReceivedMail, view: View): string {
  switch (view) {
    case "html":
      return `<iframe title="The mail" src="/mail/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
    case "text":
      return `<pre>${escapeHtml(mail.text)}</pre>`;
    case "source":
      return `<pre>${escapeHtml(mail.raw)}</pre>`;
  }
}

function htmlAnswer(title: string, body: string, head: string): Answer {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>${head}<style>${style}</style></head><body><main>${body}</main></body></html>`;
  return {
    kind: "text",
    status: 200,
    type: "text/html; charset=utf-8",
    body: page,
    headers: {
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; img-src 'self'",
      "Cache-Control": "no-store",
    },
  };
}

function gone(): Answer {
  const answer = htmlAnswer(
    "Not here",
    '<h1>This mail is not here</h1><p><a href="/">All mails</a></p>',
    "",
  );
  return { ...answer, status: 404 };
}

function clock(date: Date): string {
  return date.toLocaleTimeString("en-GB");
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
