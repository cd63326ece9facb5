import { describe, expect, it } from "vitest";
import { palette } from "@/emails/palette";
import { accentColor, contrast, defaultAccent, textOn } from "@/lib/domain/accent";

const steps = ["00", "33", "66", "80", "99", "cc", "ff"];
const cube = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)));

describe("palette", () => {
  it("computes contrast as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrast("#ffffff", "#ffffff")).toBe(1);
  });

  it("takes only hex colours from the admin", () => {
    expect(accentColor(" #1F8A5B ")).toBe("#1f8a5b");
    expect(accentColor("#abc")).toBe("#aabbcc");
    for (const wrong of ["", "red", "#12345", "#gggggg", "#faac58;background:url(x)", "</style>"]) {
      expect(accentColor(wrong)).toBe(defaultAccent);
    }
  });

  it("keeps the dark ink on amber and turns to white on dark colours", () => {
    expect(textOn("#faac58")).toBe("#221205");
    expect(textOn("#2456c8")).toBe("#ffffff");
  });

  it("is readable with any accent", () => {
    for (const accent of cube) {
      const { onAccent, light, dark } = palette(accent);
      expect(contrast(onAccent, accent), `text on ${accent}`).toBeGreaterThanOrEqual(4.5);
      for (const tones of [light, dark]) {
        for (const ground of [tones.page, tones.card, tones.soft]) {
          expect(contrast(tones.link, ground), `link of ${accent}`).toBeGreaterThanOrEqual(5.5);
        }
        expect(contrast(tones.buttonEdge, tones.card)).toBeGreaterThanOrEqual(1.6);
      }
    }
  });

  it("has body text of at least 4.5 on every ground, light and dark", () => {
    const { light, dark } = palette(defaultAccent);
    for (const tones of [light, dark]) {
      for (const text of [tones.ink, tones.muted, tones.subtle]) {
        for (const ground of [tones.page, tones.card, tones.soft]) {
          expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });
});
