/** Colour arithmetic for the accent of mails: contrast, and colours that can be read. */

export const defaultAccent = "#faac58";

type Rgb = readonly [red: number, green: number, blue: number];

function channels(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const toHex = (rgb: Rgb) =>
  `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast of two `#rrggbb` colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** `#rrggbb` in lower case; `#rgb` is widened; anything else is the default accent. */
export function accentColor(value: string): string {
  const hex = value.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(hex)) return hex;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(hex);
  return short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join("")}`
    : defaultAccent;
}

/** Text colour with at least 4.5 on the given fill: warm dark, else white, else black. */
export function textOn(fill: string): string {
  return ["#221205", "#ffffff"].find((text) => contrast(text, fill) >= 4.5) ?? "#000000";
}

/** Hue (degrees), saturation and lightness (0 to 1). */
function hueSaturationLightness(hex: string): [number, number, number] {
  const [red, green, blue] = channels(hex).map((channel) => channel / 255) as [
    number,
    number,
    number,
  ];
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const lightness = (most + least) / 2;
  const spread = most - least;
  if (spread === 0) return [0, 0, lightness];
  const hue =
    most === red
      ? ((green - blue) / spread + 6) % 6
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4;
  return [hue * 60, spread / (1 - Math.abs(2 * lightness - 1)), lightness];
}

function fromHueSaturationLightness(hue: number, saturation: number, lightness: number): string {
  const swing = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    return 255 * (lightness - swing * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return toHex([channel(0), channel(8), channel(4)]);
}

/** The colour in its own hue, darkened or lightened until it has at least this contrast on every ground. */
export function readable(
  color: string,
  grounds: readonly string[],
  towards: "dark" | "light",
  least: number,
): string {
  const enough = (hex: string) => grounds.every((ground) => contrast(hex, ground) >= least);
  if (enough(color)) return color;
  const [hue, saturation, from] = hueSaturationLightness(color);
  const to = towards === "dark" ? 0 : 1;
  for (let step = 1; step < 40; step++) {
    const hex = fromHueSaturationLightness(hue, saturation, from + ((to - from) * step) / 40);
    if (enough(hex)) return hex;
  }
  return towards === "dark" ? "#000000" : "#ffffff";
}

/** White paper and the dark card of mails: what the button stands on. */
const cards = { paper: "#ffffff", night: "#1c1921" } as const;

/**
 * What the admin should know about an accent colour: the text the button gets, and whether it is hard to tell from
 * what it stands on.
 */
export function accentHint(value: string): { text: string; ratio: number; faintOn: string | null } {
  const accent = accentColor(value);
  const text = textOn(accent);
  const isFaint = (card: string) => contrast(accent, card) < 1.6;
  const faintOn = isFaint(cards.paper) ? "light" : isFaint(cards.night) ? "dark" : null;
  return { text, ratio: contrast(text, accent), faintOn };
}
