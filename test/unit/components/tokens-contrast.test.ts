import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = [number, number, number];

const css = readFileSync("app/globals.css", "utf8");
const light = tokensOf(/:root\s*\{([\s\S]*?)\n\}/);
const dark = new Map([...light, ...tokensOf(/\n\.dark\s*\{([\s\S]*?)\n\}/)]);

function tokensOf(block: RegExp): Map<string, string> {
  const body = block.exec(css)?.[1] ?? "";
  return new Map(
    [...body.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map(([, name, value]) => [
      name ?? "",
      value ?? "",
    ]),
  );
}

/** An oklch() token in OKLab. */
function oklab(tokens: Map<string, string>, name: string): Rgb {
  let value = tokens.get(name) ?? "";
  const alias = /^var\(--([a-z0-9-]+)\)$/.exec(value)?.[1];
  if (alias) value = tokens.get(alias) ?? "";
  const match = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/.exec(value);
  if (!match) throw new Error(`--${name} is no plain oklch(): ${value}`);
  const [lightness, chroma, hue] = match.slice(1).map(Number) as Rgb;
  const angle = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

const linear = (tokens: Map<string, string>, name: string) => linearOf(oklab(tokens, name));

/** Linear light sRGB of a colour in OKLab, by the CSS Color 4 matrices. */
function linearOf([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (x: number) => Math.min(1, Math.max(0, x));
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** DESIGN's table: text and marks, what they stand on, and the contrasts it promises, dark and light. */
const promised = [
  ["foreground", "background", 16.9, 15.9],
  ["foreground", "card", 15.9, 17.0],
  ["foreground", "hover", 14.3, 14.5],
  ["muted-foreground", "background", 9.1, 7.3],
  ["muted-foreground", "card", 8.6, 7.8],
  ["muted-foreground", "hover", 7.7, 6.7],
  ["subtle-foreground", "background", 6.2, 5.2],
  ["subtle-foreground", "card", 5.8, 5.5],
  ["subtle-foreground", "hover", 5.2, 4.7],
  ["primary-text", "background", 11.2, 5.4],
  ["primary-text", "card", 10.5, 5.7],
  ["primary-text", "hover", 9.4, 4.9],
  ["primary-foreground", "primary", 9.7, 9.7],
  ["primary-foreground", "primary-hover", 11.1, 8.5],
  ["danger-text", "card", 6.8, 6.6],
  ["destructive-foreground", "destructive", 4.9, 6.6],
  ["card", "ok-text", 11.0, 6.2],
  ["input", "background", 3.6, 3.5],
  ["input", "card", 3.4, 3.7],
  ["input", "popover", 3.2, 3.7],
  ["primary-edge", "background", 10.2, 3.3],
  ["primary-edge", "card", 9.6, 3.6],
  ["syntax-key", "sunken", 10.1, 6.6],
  ["syntax-string", "sunken", 12.0, 6.1],
  ["syntax-number", "sunken", 11.6, 5.5],
] as const;
const isMark = (name: string) => name === "input" || name === "primary-edge";

/** Text that stands on surfaces the table does not name. */
const alsoRead = [
  ["foreground", "popover"],
  ["muted-foreground", "popover"],
  ["subtle-foreground", "popover"],
  ["foreground", "sunken"],
  ["muted-foreground", "sunken"],
  ["muted-foreground", "muted"],
  ["sidebar-foreground", "sidebar"],
  ["foreground", "sidebar-accent"],
  ["subtle-foreground", "sidebar"],
  ["status-held-foreground", "status-held"],
] as const;

const statuses = [
  ...["scheduled", "sending", "sent", "retrying"],
  ...["failed", "unknown", "cancelled", "held"],
] as const;

/** A status mark mixed into the card, as in tinted boxes: `color-mix(in oklab, …)`. */
function tinted(tokens: Map<string, string>, status: string): Rgb {
  const share = Number.parseFloat(tokens.get("tint") ?? "") / 100;
  const [mark, card] = [oklab(tokens, `status-${status}`), oklab(tokens, "card")];
  return linearOf(mark.map((part, i) => part * share + (card[i] ?? 0) * (1 - share)) as Rgb);
}

describe.each([
  ["dark", dark, 4.6],
  ["light", light, 3],
] as const)("the shipped colours, %s", (theme, tokens, ofMarks) => {
  it.each(promised)("keep the table: %s on %s", (one, other, inDark, inLight) => {
    const ratio = contrast(linear(tokens, one), linear(tokens, other));
    // The table has one digit after the point.
    expect(ratio).toBeGreaterThanOrEqual((theme === "dark" ? inDark : inLight) - 0.06);
    expect(ratio).toBeGreaterThanOrEqual(isMark(one) ? 3 : 4.5);
  });
  it.each(alsoRead)("read as text: %s on %s", (one, other) => {
    expect(contrast(linear(tokens, one), linear(tokens, other))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(statuses)("stand out as marks: %s on card", (status) => {
    const ratio = contrast(linear(tokens, `status-${status}`), linear(tokens, "card"));
    expect(ratio).toBeGreaterThanOrEqual(ofMarks);
  });
  it.each(statuses)("let text be read in a box tinted with %s", (status) => {
    for (const words of ["foreground", "muted-foreground"]) {
      const ratio = contrast(linear(tokens, words), tinted(tokens, status));
      expect(ratio, words).toBeGreaterThanOrEqual(4.5);
    }
  });
});
