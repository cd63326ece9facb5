import { describe, expect, it } from "vitest";
import { renderMail } from "@/emails/render";
import { accentHint } from "@/lib/domain/accent";
import { inventedPosterPath, mailKinds, sampleMail } from "@/lib/domain/mail-samples";
import { kindWords } from "@/lib/domain/views/notifications";

const frame = {
  appearance: { serverName: "The Attic Cinema", accentColor: "#2456c8", logoUrl: null },
  reader: { name: null, language: "en" as const, timeZone: "Europe/Berlin" },
  writtenAt: new Date("2026-11-22T19:26:00Z"),
};
const here = "https://cinema.example.org/settings/appearance";
const links = {
  preferencesUrl: here,
  unsubscribeUrl: here,
  calendarUrl: here,
  muteUrl: here,
  dashboardUrl: "https://cinema.example.org",
  settingsUrl: here,
};
const test = {
  to: "admin@example.org",
  from: "cinema@example.org",
  smtp: { host: "smtp.example.net", port: 587, security: "starttls" as const },
};

describe("the sample of", () => {
  it.each(mailKinds)("%s is drawn, small, and says that it is one", async (kind) => {
    const drawn = await renderMail(sampleMail(kind, frame, links, test, null), "sample");
    expect(drawn.subject).toMatch(/^Sample: ./);
    expect(drawn.preheader).toMatch(/^This is a sample\. Nothing of it has happened\. ./);
    expect(drawn.text).toMatch(/^This is a sample\. Nothing of it has happened\.\n/);
    expect(drawn.html.match(/This is a sample\./g)).toHaveLength(2);
    expect(Buffer.byteLength(drawn.html)).toBeLessThan(100 * 1024);
    expect(kindWords(kind)).toMatch(/^[A-Z]/);
  });

  it("a strange name, colour and logo shows them as text or not at all", async () => {
    const strange = {
      ...frame,
      appearance: {
        serverName: '<script>alert("x")</script>',
        accentColor: "red;background:url(//evil)",
        logoUrl: "javascript:alert(1)",
      },
    };
    for (const kind of mailKinds) {
      const { html } = await renderMail(sampleMail(kind, strange, links, test, null), "sample");
      expect(html).not.toMatch(/<script|evil|javascript:/);
      expect(html).toContain("&lt;script&gt;");
    }
  });

  it("a title shows the poster that was invented for it", async () => {
    for (const kind of mailKinds) {
      const path = inventedPosterPath(kind);
      const content = sampleMail(
        kind,
        frame,
        links,
        test,
        path && `https://cinema.example.org${path}`,
      );
      const { html } = await renderMail(content, "sample");
      if (path) expect(html, kind).toContain(`src="https://cinema.example.org${path}"`);
      else expect(html, kind).not.toContain("invented-");
    }
    expect(inventedPosterPath("movie_available")).toBe("/invented-last-ferry-north.png");
  });

  it("real news says nothing of samples", async () => {
    const drawn = await renderMail(sampleMail("movie_available", frame, links, test, null));
    expect(JSON.stringify(drawn)).not.toMatch(/sample/i);
  });
});

describe("the hint about an accent", () => {
  it("names the card the button is hard to tell from", () => {
    expect(accentHint("#fffbe0").faintOn).toBe("light");
    expect(accentHint("#15121a").faintOn).toBe("dark");
    expect(accentHint("#faac58")).toMatchObject({ text: "#221205", faintOn: null });
    expect(accentHint("#faac58").ratio).toBeGreaterThan(9);
  });
});
