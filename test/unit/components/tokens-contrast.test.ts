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

/** Linear light sRGB of an oklch() token, by the CSS Color 4 matrices. */
function linear(tokens: Map<string, string>, name: string): Rgb {
  let value = tokens.get(name) ?? "";
  const alias = /^var\(--([a-z0-9-]+)\)$/.exec(value)?.[1];
  if (alias) value = tokens.get(alias) ?? "";
  const match = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/.exec(value);
  if (!match) throw new Error(`--${name} is no plain oklch(): ${value}`);
  const [lightness, chroma, hue] = match.slice(1).map(Number) as Rgb;
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
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

function contrast(tokens: Map<string, string>, one: string, other: string): number {
  const [high, low] = [luminance(linear(tokens, one)), luminance(linear(tokens, other))].sort(
    (x, y) => y - x,
  ) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const text = [
  ["foreground", "background"],
  ["foreground", "card"],
  ["foreground", "hover"],
  ["muted-foreground", "background"],
  ["muted-foreground", "card"],
  ["muted-foreground", "hover"],
  ["subtle-foreground", "background"],
  ["subtle-foreground", "card"],
  ["subtle-foreground", "hover"],
  ["primary-text", "background"],
  ["primary-text", "card"],
  ["primary-foreground", "primary"],
  ["primary-foreground", "primary-hover"],
  ["danger-text", "card"],
  ["destructive-foreground", "destructive"],
  ["card", "ok-text"],
  ["syntax-key", "sunken"],
  ["syntax-string", "sunken"],
  ["syntax-number", "sunken"],
] as const;
const marks = [
  ["input", "background"],
  ["input", "card"],
  ["input", "popover"],
  ["primary-edge", "background"],
  ["primary-edge", "card"],
  ...["scheduled", "sending", "sent", "retrying", "failed", "unknown", "cancelled", "held"].map(
    (status) => [`status-${status}`, "card"] as const,
  ),
] as const;

describe.each([
  ["light", light],
  ["dark", dark],
])("the shipped colours, %s", (_theme, tokens) => {
  it.each(text)("read as text: %s on %s", (one, other) => {
    expect(contrast(tokens, one, other)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(marks)("stand out as marks: %s on %s", (one, other) => {
    expect(contrast(tokens, one, other)).toBeGreaterThanOrEqual(3);
  });
});
