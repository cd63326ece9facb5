import type { Palette } from "./palette";

/** For the few places React cannot write (conditional comments for Outlook): text made safe for HTML and attributes. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

type ColorRule = readonly [
  selector: string,
  property: "color" | "background" | "border-color",
  value: string,
];

function darkRules({ dark, accent, onAccent }: Palette): ColorRule[] {
  return [
    [".bg", "background", dark.page],
    [".card", "background", dark.card],
    [".card", "border-color", dark.line],
    [".soft", "background", dark.soft],
    [".line", "border-color", dark.line],
    [".ink", "color", dark.ink],
    [".mut", "color", dark.muted],
    [".sub", "color", dark.subtle],
    [".lnk", "color", dark.link],
    [".b1", "background", accent],
    [".b1", "border-color", dark.buttonEdge],
    [".b1t", "color", onAccent],
    [".b2", "background", dark.soft],
    [".b2", "border-color", dark.outline],
  ];
}

const css = (rules: readonly ColorRule[], prefix = "") =>
  rules
    .map(([selector, property, value]) => `${prefix}${selector}{${property}:${value}!important}`)
    .join("");

const phone =
  "@media (max-width:480px){" +
  ".pad{padding-left:20px!important;padding-right:20px!important}" +
  ".col{display:block!important;width:auto!important;padding-left:0!important}" +
  ".poster{width:112px!important;height:168px!important}" +
  ".under{padding-top:16px!important}" +
  "}";

// Word ignores max-width, web fonts and rounded corners: it gets a fixed frame and a font it has.
const outlook =
  "<!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch>" +
  "</o:OfficeDocumentSettings></xml></noscript><style>table{border-collapse:collapse}.frame{width:600px!important}" +
  "td,div,h1,h2,a{font-family:Arial,sans-serif!important}</style><![endif]-->";

/**
 * Content of `<head>`. Three style blocks, because Gmail drops a whole block over one rule it does not like. The mail
 * reads without any of them: they only add dark colours and the phone layout.
 */
export function headMarkup(title: string, palette: Palette): string {
  const rules = darkRules(palette);
  const colors = rules.filter(([, property]) => property === "color");
  const grounds = rules.filter(([, property]) => property !== "color");
  return [
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="x-apple-disable-message-reformatting">',
    '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeMarkup(title)}</title>`,
    `<style>:root{color-scheme:light dark;supported-color-schemes:light dark}${phone}</style>`,
    `<style>@media (prefers-color-scheme:dark){${css(rules)}}</style>`,
    // Outlook.com and its apps recolour mails themselves and mark what they changed.
    `<style>${css(colors, "[data-ogsc] ")}${css(grounds, "[data-ogsb] ")}</style>`,
    outlook,
  ].join("");
}
