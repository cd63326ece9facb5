import { accentColor, readable, textOn } from "@/lib/domain/accent";

/** Colours of the mails: neutral paper and ink, and what follows from the admin's accent colour. */

const paper = {
  page: "#f2f0ec",
  card: "#ffffff",
  line: "#e1dfdb",
  soft: "#f7f5f1",
  ink: "#1e1b26",
  muted: "#54505c",
  subtle: "#6a6772",
  /** Edge of the button without a fill. */
  outline: "#c7c4bd",
};

const night: typeof paper = {
  page: "#121016",
  card: "#1c1921",
  line: "#302d37",
  soft: "#26232c",
  ink: "#f2f0ec",
  muted: "#b9b6bf",
  subtle: "#9a97a1",
  outline: "#4a4652",
};

type Tones = typeof paper & {
  link: string;
  /** Outline of the filled button, visible also when the accent is close to the card. */
  buttonEdge: string;
};

export type Palette = { accent: string; onAccent: string; light: Tones; dark: Tones };

// A server has one accent colour: working it out again for each mail would be a fifth of drawing it.
let latest: Palette | null = null;

/** Every colour of a mail, from the admin's accent colour. */
export function palette(accent: string): Palette {
  const fill = accentColor(accent);
  if (latest?.accent !== fill) latest = newPalette(fill);
  return latest;
}

function newPalette(fill: string): Palette {
  const tones = (base: typeof paper, towards: "dark" | "light"): Tones => ({
    ...base,
    link: readable(fill, [base.page, base.card, base.soft], towards, 5.5),
    buttonEdge: readable(fill, [base.card], towards, 1.6),
  });
  return {
    accent: fill,
    onAccent: textOn(fill),
    light: tones(paper, "dark"),
    dark: tones(night, "light"),
  };
}
