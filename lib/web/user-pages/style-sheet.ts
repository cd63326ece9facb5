import type { UserPageLook } from "@/lib/services/users/user-page-look";

/** The style of all pages for users. Every value is a colour the palette worked out: nothing typed reaches the sheet. */
export function styleSheet(look: UserPageLook | null): string {
  const colours = look?.palette;
  const tones = (scheme: "light" | "dark") => {
    const t = colours?.[scheme];
    if (!t) return "";
    return `--page:${t.page};--card:${t.card};--line:${t.line};--soft:${t.soft};--ink:${t.ink};--muted:${t.muted};--link:${t.link};--edge:${t.buttonEdge};`;
  };
  return `
:root{color-scheme:light dark;--page:#f2f0ec;--card:#fff;--line:#e1dfdb;--field:#86838c;--soft:#f7f5f1;--ink:#1e1b26;--muted:#54505c;--link:#9b5414;--edge:#c7731b;${tones("light")}--accent:${colours?.accent ?? "#faac58"};--on-accent:${colours?.onAccent ?? "#221205"}}
@media (prefers-color-scheme:dark){:root{--page:#121016;--card:#1c1921;--line:#302d37;--field:#6d6977;--soft:#26232c;--ink:#f2f0ec;--muted:#b9b6bf;--link:#fdb769;--edge:#faac58;${tones("dark")}}}
*{box-sizing:border-box;margin:0}
body{background:var(--page);color:var(--ink);font:16px/24px Geist,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:480px;margin:0 auto;padding:max(24px,env(safe-area-inset-top)) 16px calc(32px + env(safe-area-inset-bottom))}
.server{display:flex;align-items:center;gap:12px;font-weight:600;padding:0 4px 20px;overflow-wrap:anywhere}
.tile{flex:none;display:grid;place-items:center;width:32px;height:32px;border-radius:8px;background:var(--accent);color:var(--on-accent);font-weight:600}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px;margin-top:16px}
.server+.card{margin-top:0}
h1{font-size:22px;line-height:28px;font-weight:600;letter-spacing:-.022em;text-wrap:balance;overflow-wrap:anywhere}
h1.above{padding:0 4px}
h1.above+p{color:var(--muted);padding:4px 4px 0}
h2,legend{font-size:16px;line-height:24px;font-weight:600;letter-spacing:-.01em;padding:0}
.card p,.help{color:var(--muted);text-wrap:pretty}
.card h1+p,.card h2+p{margin-top:6px}
.card p+p{margin-top:8px}
.help{display:block;font-size:14px;line-height:20px}
fieldset{border:0;padding:0;min-width:0}
legend{float:left;width:100%}
legend+*{clear:both}
fieldset+fieldset,form>.row{border-top:1px solid var(--line);padding-top:20px;margin-top:20px}
.pick{display:grid;grid-template-columns:24px minmax(0,1fr);gap:0 12px;padding:10px 0;cursor:pointer;align-items:start}
.pick input{width:20px;height:20px;margin:2px;accent-color:var(--edge)}
.pick b{display:block;font-weight:500}
.more{padding:2px 0 10px 36px}
label.field{display:block}
.row .field+.field{margin-top:16px}
label.field b{display:block;font-weight:600;padding-bottom:4px}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:12px}
.more.hours{padding-left:0}
@media (max-width:359px){.pair{grid-template-columns:1fr}}
.pair b{font-weight:500;font-size:14px;line-height:20px}
select,input[type=time],input:is([type=url],[type=email]){width:100%;min-height:44px;padding:8px 12px;border:1px solid var(--field);border-radius:6px;background:var(--card);color:var(--ink);font:inherit;text-overflow:ellipsis}
.card:not(:has([value=daily_digest]:checked)) .hour,.card:not(:has([name=quiet]:checked)) .hours{display:none}
button,.button{display:block;width:100%;min-height:48px;margin-top:20px;padding:11px 20px;border-radius:8px;border:1px solid var(--line);background:var(--soft);color:var(--ink);font:inherit;font-weight:500;text-align:center;text-decoration:none;cursor:pointer}
button.main,.button.main{background:var(--accent);color:var(--on-accent);border-color:var(--edge)}
.side{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:10px;margin-top:12px}
.side button{margin:0;min-height:44px;width:auto;padding:8px 16px}
[hidden]{display:none!important}
ul{list-style:none;padding:0;margin-top:8px}
li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:12px;align-items:center;padding:10px 0;border-top:1px solid var(--line)}
li:first-child{border-top:0}
li b{display:block;font-weight:500;overflow-wrap:anywhere}
li button{margin:0;min-height:44px;width:auto;min-width:92px;padding:8px 14px}
a{color:var(--link);text-underline-offset:3px}
.spaced{margin-top:20px}
.quiet-links{display:block;padding:10px 0}p.quiet-links{padding:0}p.quiet-links a{display:inline-block;padding:10px 0}
details summary{color:var(--link);cursor:pointer;min-height:44px;padding:10px 0}
.notice{background:var(--soft);border:1px solid var(--line);border-left:3px solid var(--edge);border-radius:8px;padding:12px 16px;margin-top:16px;overflow-wrap:anywhere}
.server+.notice{margin:0 0 16px}
:is(button,a,select,input,summary):focus-visible{outline:2px solid var(--link);outline-offset:2px}
.who{color:var(--muted);font-size:13px;line-height:20px;padding:16px 4px 0;overflow-wrap:anywhere}
@media (min-width:560px){main{padding-top:56px}.card{padding:28px}.narrow.card{padding:32px}h1{font-size:26px;line-height:32px}button,.button{display:inline-block;width:auto;min-width:140px;min-height:40px;padding:7px 20px}li button,.side button{min-width:92px;min-height:36px;padding:5px 14px}select,input[type=time],input:is([type=url],[type=email]){min-height:40px;padding:6px 12px}}
`;
}
