import { createHash } from "node:crypto";
import { initials } from "@/lib/domain/mail-characters";
import { Html, html } from "./html";
import type { Reading } from "./reading";
import { styleSheet } from "./style-sheet";

/** A page for a user: drawn without the dashboard, so that it works in every mail client's browser. */
export type UserPage = {
  status: number;
  reading: Reading;
  title: string;
  body: Html;
  /** Its only script, as it stands; the page must be whole without it. */
  script?: string;
};

/** Answers with the page; only its own style sheet, script and forms are allowed on it. */
export function answerUserPage(page: UserPage): Response {
  const style = styleSheet(page.reading.look);
  const scripts = page.script ? ` script-src '${hash(page.script)}';` : "";
  return new Response(draw(page, style), {
    status: page.status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": `default-src 'none'; style-src '${hash(style)}';${scripts} form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      // The address is the permission: it must not travel on.
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "X-Robots-Tag": "noindex, nofollow",
    },
  });
}

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

function draw({ reading, title, body, script }: UserPage, style: string): string {
  const serverName = reading.look?.serverName ?? "BingeAlert";
  // The same letter as at the top of the mail whose link led here.
  const [initial = "B"] = initials(serverName);
  return html`<!doctype html>
<html lang="${reading.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${serverName}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<p class="server"><span class="tile" aria-hidden="true">${initial}</span>${serverName}</p>
${body}
</main>
${script ? html`<script>${new Html(script)}</script>` : null}
</body>
</html>
`.markup;
}
