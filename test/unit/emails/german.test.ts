import { describe, expect, it } from "vitest";
import { renderMail } from "@/emails/render";
import type { MailContent, MailEpisode } from "@/lib/domain/mail";
import { mailPreheader, mailSubject, mailWords } from "@/lib/domain/mail-words";
import * as samples from "../../support/mail-samples";

/** German says the same as English, in its own grammar: cases, word order, dates. */

const german = (name: string): MailContent => {
  const sample = samples.samples[name];
  if (!sample) throw new Error(`There is no sample ${name}`);
  return samples.inLanguage(sample, "de");
};

const episodeMail = (...runs: [season: number, first: number, last: number][]): MailContent =>
  samples.inLanguage(
    {
      kind: "episodes_available",
      props: {
        ...samples.episodes,
        episodes: runs.flatMap((run): MailEpisode[] => samples.unnamedEpisodes(...run)),
      },
    },
    "de",
  );

describe("subjects", () => {
  it.each<[MailContent, string]>([
    [episodeMail([3, 5, 5]), "Tidewater Road: Folge 5 ist da"],
    [episodeMail([3, 3, 3], [3, 5, 5], [3, 7, 9]), "Tidewater Road: Folgen 3, 5 und 7–9 sind da"],
    [episodeMail([3, 1, 10]), "Tidewater Road: Staffel 3, Folgen 1–10 sind da"],
    [episodeMail([0, 2, 2]), "Tidewater Road: Special 2 ist da"],
    [
      episodeMail([0, 4, 4], [2, 1, 2], [4, 1, 1]),
      "Tidewater Road: 4 Folgen aus den Staffeln 2 und 4 und den Specials sind da",
    ],
    [german("movie-available-4k"), "Last Ferry North ist in 4K da"],
    [german("coming-soon"), "A Quiet Orbit kommt am 4. Dezember"],
    [german("coming-soon-moved"), "A Quiet Orbit kommt jetzt am 15. Januar 2027"],
    [german("coming-soon-season"), "Tidewater Road: Staffel 4 in 4K beginnt am 8. Januar 2027"],
    [german("issue-received"), "Tidewater Road: deine Meldung zum Ton ist angekommen"],
    [german("issue-received-other"), "Last Ferry North: deine Meldung ist angekommen"],
    [german("issue-resolved"), "Tidewater Road hat eine neue Fassung"],
    [german("maintenance-announced"), "The Attic Cinema: Wartung am Samstag, 28. November"],
    [german("maintenance-reminder"), "The Attic Cinema: Wartung beginnt um 20:00 Uhr MEZ"],
    [german("personal-link-follow"), "Tidewater Road folgen"],
  ])("%#", (mail, subject) => {
    expect(mailSubject(mail)).toBe(subject);
  });
});

describe("what is said", () => {
  it.each<[string, string[]]>([
    [
      "episodes-available",
      [
        "Jetzt verfügbar: Tidewater Road\n2024 · Staffel 3, Folgen 3–5",
        "Drei neue Folgen sind auf dem Server, Anna.",
        "Neap (52 Min.)",
        "In Plex ansehen:",
        "Folge 6 läuft am Freitag, 27. November.",
        "Du bekommst diese Mail, weil du dir Tidewater Road am 1. November gewünscht hast.",
      ],
    ],
    [
      "coming-soon-season",
      [
        "Erste Folge von Staffel 4: Freitag, 8. Januar 2027, 21:00 Uhr",
        "Tidewater Road hinzugefügt wurdest",
      ],
    ],
    [
      "quality-waiting",
      [
        "Der Film ist erschienen, Ben, aber noch nirgends in 1080p zu haben.",
        "Suche nach 1080p, seit 20. November",
      ],
    ],
    [
      "issue-resolved",
      ["Problem mit dem Ton, 20. November", "Staffel 3, Folge 4", "Ist sie nicht besser"],
    ],
    [
      "maintenance-announced",
      ["Der Server macht eine Pause: Samstag, 28. November, 20:00–23:30 Uhr MEZ."],
    ],
    [
      "maintenance-changed",
      ["Samstag, 28. November, 20:00 Uhr MEZ bis Sonntag, 29. November, 03:00 Uhr MEZ"],
    ],
    ["personal-link", ["Anna, auf deiner Seite wählst du"]],
  ])("%s", async (name, sentences) => {
    const { text, html } = await renderMail(german(name));
    for (const sentence of sentences) expect(text).toContain(sentence);
    expect(html).toMatch(/<html[^>]* lang="de"/);
  });

  it("is marked as a sample in the same language", async () => {
    const { subject, text } = await renderMail(german("movie-available"), "sample");
    expect(subject).toBe("Beispiel: Last Ferry North ist da");
    expect(text).toMatch(/^Das ist ein Beispiel\./);
  });

  it("has its own short months and lengths", () => {
    const words = mailWords("de");
    expect(words.length(114)).toBe("1 Std. 54 Min.");
    expect(words.newOnServer(samples.unnamedEpisodes(0, 1, 1), null)).toBe(
      "Ein neues Special ist auf dem Server.",
    );
    expect(mailPreheader(episodeMail([3, 1, 10]))).toContain(
      "Zehn neue Folgen sind auf dem Server, Anna.",
    );
  });
});

it("mails to the admin stay in English", () => {
  expect(mailSubject(german("weekly-summary"))).toMatch(/^Your week: /);
});
