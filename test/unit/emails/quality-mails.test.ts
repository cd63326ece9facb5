import { describe, expect, it } from "vitest";
import { renderMail } from "@/emails/render";
import type { ComingSoonProps, MailContent, QualityWaitingProps } from "@/lib/domain/mail";
import { mailPreheader, mailSubject } from "@/lib/domain/mail-words";
import { looking, soon } from "../../support/mail-samples";

const comingSoon = (changes: Partial<ComingSoonProps> = {}): MailContent => ({
  kind: "coming_soon",
  props: { ...soon, ...changes },
});
const waiting = (changes: Partial<QualityWaitingProps> = {}): MailContent => ({
  kind: "quality_waiting",
  props: { ...looking, ...changes },
});
const inZone = (timeZone: string) => ({ ...soon.reader, timeZone });
const textOf = async (mail: MailContent) => (await renderMail(mail)).text;

describe("coming soon", () => {
  it.each<[Partial<ComingSoonProps>, string]>([
    [{}, "A Quiet Orbit comes on 4 December"],
    [{ at: new Date("2027-01-15T00:00:00Z") }, "A Quiet Orbit comes on 15 January 2027"],
    [{ isFourK: true }, "A Quiet Orbit in 4K comes on 4 December"],
    [{ movedFrom: new Date("2026-12-01T00:00:00Z") }, "A Quiet Orbit now comes on 4 December"],
    [{ mediaType: "tv", release: "air", season: 1 }, "A Quiet Orbit begins on 4 December"],
    [
      { mediaType: "tv", release: "air", season: 3 },
      "A Quiet Orbit: season 3 begins on 4 December",
    ],
    [
      { mediaType: "tv", release: "air", season: 0 },
      "A Quiet Orbit: the specials begin on 4 December",
    ],
  ])("%j has the news in its subject", (changes, subject) => {
    expect(mailSubject(comingSoon(changes))).toBe(subject);
  });

  it.each(["America/Los_Angeles", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Auckland"])(
    "names the day of a release as it is, also in %s",
    async (timeZone) => {
      const mail = comingSoon({ reader: inZone(timeZone) });
      expect(mailSubject(mail)).toBe("A Quiet Orbit comes on 4 December");
      expect(await textOf(mail)).toContain("Digital release: Friday 4 December 2026\n");
    },
  );

  it("names the moment an episode airs in the reader's zone", async () => {
    const airs = { mediaType: "tv", release: "air", season: 2 } as const;
    const at = new Date("2027-01-09T02:00:00Z");
    const near = comingSoon({ ...airs, at, reader: inZone("America/New_York") });
    expect(mailSubject(near)).toBe("A Quiet Orbit: season 2 begins on 8 January 2027");
    expect(await textOf(near)).toMatch(
      /First episode of season 2: Friday 8 January 2027 at 21:00 (EST|GMT-5)/,
    );
    const far = comingSoon({ ...airs, at, reader: inZone("Europe/Berlin") });
    expect(await textOf(far)).toContain("Saturday 9 January 2027 at 03:00 CET");
  });

  it("says what it was told again for", async () => {
    const moved = comingSoon({
      movedFrom: soon.at,
      at: new Date("2027-01-15T00:00:00Z"),
    });
    const text = await textOf(moved);
    expect(text).toContain("The date moved from 4 December to 15 January 2027, Luis.");
    expect(mailPreheader(moved)).toContain("from 4 December to 15 January 2027");
  });

  it("shows a leaf of the calendar, a quiet button to it, and nothing to play", async () => {
    const { html } = await renderMail(comingSoon());
    expect(html).toMatch(/>Dec<\/div>/);
    expect(html).toMatch(/>4<\/div>/);
    expect(html).toContain("Add to my calendar");
    expect(html).not.toContain("Play in Plex");
    const links = { ...soon.links, calendarUrl: null };
    expect((await renderMail(comingSoon({ links }))).html).not.toContain("Add to my calendar");
  });
});

describe("quality waiting", () => {
  const show = { mediaType: "tv", episodes: [{ season: 2, episode: 3 }] } as const;
  it.each<[string, Partial<QualityWaitingProps>, string]>([
    ["a movie", {}, "The film is out, Ben, but nobody offers it in 1080p yet."],
    ["an unknown quality", { quality: null }, "but nobody offers it in good quality yet."],
    [
      "below the cutoff",
      { because: "cutoff", quality: "4K" },
      "A first copy is here, Ben, but not in 4K yet.",
    ],
    ["one episode", show, "Season 2, episode 3 is out, Ben, but nobody offers it in 1080p yet."],
    [
      "several",
      { ...show, episodes: [1, 2, 3, 7].map((episode) => ({ season: 2, episode })) },
      "Season 2, episodes 1–3 and 7 are out, Ben, but nobody offers them in 1080p yet.",
    ],
    [
      "many seasons",
      { ...show, episodes: [1, 2, 3].map((season) => ({ season, episode: 1 })) },
      "3 episodes are out, Ben,",
    ],
  ])("%s: says what is missing", async (_name, changes, sentence) => {
    expect(await textOf(waiting(changes))).toContain(sentence);
  });

  it("has three steps and no button", async () => {
    const { html, text } = await renderMail(waiting());
    expect(text).toContain(
      "  ✓ Asked for, 20 November\n  2 Looking for 1080p, since 20 November\n  3 Ready to watch, and you get a mail",
    );
    expect(html).not.toContain("v:roundrect");
    expect(text).toContain("We write about it at most once a week.");
  });
});

describe("text from outside", () => {
  const nasty = `<script>alert(1)</script> "&' $& 🎬 ${"long ".repeat(100)}`;
  const outside = {
    title: nasty,
    reader: { ...soon.reader, name: nasty },
    appearance: { ...soon.appearance, serverName: nasty },
    reason: { kind: "attached" as const, by: nasty, at: null },
  };

  it.each([comingSoon(outside), waiting({ ...outside, quality: nasty })])(
    "is escaped wherever it appears ($kind)",
    async (content) => {
      const { html, text, subject } = await renderMail(content);
      expect(html).not.toContain("<script");
      expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#x27; $&amp; 🎬");
      expect(text).toContain(`<script>alert(1)</script> "&' $& 🎬`);
      expect(subject.length).toBeLessThanOrEqual(120);
      expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    },
  );

  it("keeps the date when the title is too long for the subject", () => {
    expect(mailSubject(comingSoon({ title: "Long ".repeat(60) }))).toMatch(/ comes on 4 December$/);
  });
});
