import { createHash } from "node:crypto";
import type { UserPageLook } from "@/lib/services/user-page-look";

/** What a page for a user says; it is drawn without scripts, so that it works in every mail client's browser. */
export type UserPage = {
  status: number;
  /** Null when the settings cannot be read. */
  look: UserPageLook | null;
  title: string;
  words: string;
  /** Whom it is about. */
  who: string | null;
  action: { label: string; wanted: "subscribed" | "unsubscribed" } | null;
};

/** Answers with the page; only its own style sheet and its own form are allowed on it. */
export function answerUserPage(page: UserPage): Response {
  const style = styleSheet(page.look);
  const styleHash = createHash("sha256").update(style).digest("base64");
  return new Response(draw(page, style), {
    status: page.status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      // The address is the permission: it must not travel on.
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "X-Robots-Tag": "noindex, nofollow",
    },
  });
}

function draw({ look, title, words, who, action }: UserPage, style: string): string {
  const serverName = look?.serverName ?? "BingeAlert";
  const initial = Array.from(serverName.trim())[0]?.toUpperCase() ?? "B";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${escaped(title)} · ${escaped(serverName)}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="server"><span class="tile" aria-hidden="true">${escaped(initial)}</span>${escaped(serverName)}</p>
<div class="card">
<h1>${escaped(title)}</h1>
<p>${escaped(words)}</p>
${action ? `<form method="post"><button class="${action.wanted}" name="wanted" value="${action.wanted}">${escaped(action.label)}</button></form>` : ""}
</div>
${who === null ? "" : `<p class="who">${escaped(who)}</p>`}
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/** Every value is a colour the palette worked out: nothing typed by somebody reaches the sheet. */
function styleSheet(look: UserPageLook | null): string {
  const colours = look?.palette;
  const tones = (scheme: "light" | "dark") => {
    const t = colours?.[scheme];
    if (!t) return "";
    return `--page:${t.page};--card:${t.card};--line:${t.line};--soft:${t.soft};--ink:${t.ink};--muted:${t.muted};--link:${t.link};--edge:${t.buttonEdge};`;
  };
  return `
:root{color-scheme:light dark;--page:#f2f0ec;--card:#fff;--line:#e1dfdb;--soft:#f7f5f1;--ink:#1e1b26;--muted:#54505c;--link:#9b5414;--edge:#c7731b;${tones("light")}--accent:${colours?.accent ?? "#faac58"};--on-accent:${colours?.onAccent ?? "#221205"}}
@media (prefers-color-scheme:dark){:root{--page:#121016;--card:#1c1921;--line:#302d37;--soft:#26232c;--ink:#f2f0ec;--muted:#b9b6bf;--link:#fdb769;--edge:#faac58;${tones("dark")}}}
*{box-sizing:border-box;margin:0}
body{background:var(--page);color:var(--ink);font:16px/24px Geist,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:480px;margin:0 auto;padding:max(24px,env(safe-area-inset-top)) 16px 32px}
.server{display:flex;align-items:center;gap:12px;font-weight:600;padding:0 4px 20px;overflow-wrap:anywhere}
.tile{flex:none;display:grid;place-items:center;width:32px;height:32px;border-radius:8px;background:var(--accent);color:var(--on-accent);font-weight:600}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px}
h1{font-size:22px;line-height:28px;font-weight:600;letter-spacing:-.022em;text-wrap:balance}
.card p{color:var(--muted);margin-top:8px;text-wrap:pretty}
button{display:block;width:100%;min-height:48px;margin-top:24px;padding:10px 20px;border-radius:8px;font:inherit;font-weight:500;cursor:pointer}
button.unsubscribed{background:var(--accent);color:var(--on-accent);border:1px solid var(--edge)}
button.subscribed{background:var(--soft);color:var(--ink);border:1px solid var(--line)}
button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.who{color:var(--muted);font-size:13px;line-height:20px;padding:16px 4px 0;overflow-wrap:anywhere}
@media (min-width:560px){main{padding-top:72px}.card{padding:32px}h1{font-size:26px;line-height:32px}button{width:auto;min-width:160px;min-height:40px;padding:8px 20px}}
`;
}
