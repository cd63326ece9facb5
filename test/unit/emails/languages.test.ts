import { describe, expect, it } from "vitest";
import { renderMail } from "@/emails/render";
import type { Language } from "@/lib/domain/language";
import type { MailContent, MailEpisode } from "@/lib/domain/mail";
import { mailPreheader, mailSubject, mailWords } from "@/lib/domain/mail-words";
import * as samples from "../../support/mail-samples";

/** Each language says the same as English, in its own grammar: cases, genders, word order, dates. */

function sampleIn(language: Language, name: string): MailContent {
  const sample = samples.samples[name];
  if (!sample) throw new Error(`There is no sample ${name}`);
  return samples.inLanguage(sample, language);
}

const german = (name: string) => sampleIn("de", name);

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

describe("subjects in German", () => {
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
    [german("daily-digest"), "Last Ferry North, Tidewater Road und \u2068شارع المد\u2069 sind da"],
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

describe("what is said in German", () => {
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

describe.each<[Language, [name: string, subject: string, sentences: string[]][]]>([
  [
    "fr",
    [
      [
        "episodes-available",
        "Tidewater Road : épisodes 3–5 disponibles",
        [
          "Disponible: Tidewater Road\n2024 · Saison 3, épisodes 3–5",
          "Trois nouveaux épisodes sont sur le serveur, Anna.",
          "L’épisode 6 sera diffusé le vendredi 27 novembre.",
          "parce que tu as demandé Tidewater Road le 1er novembre.",
        ],
      ],
      [
        "episodes-available-seasons",
        "Tidewater Road : 13 épisodes des saisons 2–3 et des spéciaux disponibles en 4K",
        ["Saisons 2–3 et épisodes spéciaux", "La saison 4 commence le vendredi 8 janvier 2027."],
      ],
      ["movie-available-4k", "Last Ferry North est disponible en 4K", ["2026 · 1 h 54 min"]],
      [
        "daily-digest",
        "Last Ferry North, Tidewater Road et \u2068شارع المد\u2069 sont disponibles",
        ["Trois titres sont disponibles", "2024 · Saison 3, épisodes 3–5\nRegarder: https://"],
      ],
      [
        "coming-soon-moved",
        "A Quiet Orbit sort désormais le 15 janvier 2027",
        ["Sortie numérique: Vendredi 15 janvier 2027", "passée du 4 décembre au 15 janvier 2027"],
      ],
      [
        "issue-received",
        "Tidewater Road : ton signalement sur le son est arrivé",
        ["Saison 3, épisode 4"],
      ],
      [
        "maintenance-announced",
        "The Attic Cinema : maintenance le samedi 28 novembre",
        ["une pause : samedi 28 novembre, 20:00–23:30 ", "Début  Samedi 28 novembre à 20:00 "],
      ],
      [
        "quality-waiting-episodes",
        "Saltmarsh : pas encore de bonne version",
        ["Saison 2, épisodes 3–5 et 8 : déjà diffusés, Ben,"],
      ],
    ],
  ],
  [
    "es",
    [
      [
        "episodes-available",
        "Tidewater Road: episodios 3–5 ya disponibles",
        [
          "Ya se puede ver: Tidewater Road\n2024 · Temporada 3, episodios 3–5",
          "Tres episodios nuevos ya están en el servidor, Anna.",
          "El episodio 6 se emite el viernes, 27 de noviembre.",
          "porque pediste Tidewater Road el 1 de noviembre.",
        ],
      ],
      [
        "episodes-available-seasons",
        "Tidewater Road: 13 episodios de las temporadas 2–3 y de los especiales ya disponibles en 4K",
        [
          "Temporadas 2–3 y los especiales",
          "La temporada 4 empieza el viernes, 8 de enero de 2027.",
        ],
      ],
      ["movie-available-4k", "Last Ferry North ya se puede ver en 4K", ["2026 · 1 h 54 min"]],
      [
        "daily-digest",
        "Last Ferry North, Tidewater Road y \u2068شارع المد\u2069 ya se pueden ver",
        ["Tres títulos ya se pueden ver", "2024 · Temporada 3, episodios 3–5\nVer: https://"],
      ],
      [
        "coming-soon-moved",
        "A Quiet Orbit llega ahora el 15 de enero de 2027",
        [
          "Estreno digital: Viernes, 15 de enero de 2027",
          "del 4 de diciembre al 15 de enero de 2027",
        ],
      ],
      [
        "issue-received",
        "Tidewater Road: tu aviso sobre el sonido ha llegado",
        ["Temporada 3, episodio 4"],
      ],
      [
        "maintenance-announced",
        "The Attic Cinema: mantenimiento el sábado, 28 de noviembre",
        [
          "pausa: sábado, 28 de noviembre, 20:00–23:30 CET.",
          "Empieza  Sábado, 28 de noviembre, a las 20:00 CET",
        ],
      ],
      [
        "quality-waiting-episodes",
        "Saltmarsh: aún no hay una buena versión",
        ["Temporada 2, episodios 3–5 y 8: ya se han emitido, Ben,"],
      ],
    ],
  ],
])("%s", (language, mails) => {
  it.each(mails)("%s", async (name, subject, sentences) => {
    const mail = sampleIn(language, name);
    const { text } = await renderMail(mail);
    expect(mailSubject(mail)).toBe(subject);
    for (const sentence of sentences) expect(text).toContain(sentence);
  });
});

it.each(["de", "es", "fr"] as const)("%s has a leaf of the calendar for each month", (language) => {
  const { comingSoon } = mailWords(language);
  const months = Array.from({ length: 12 }, (_, month) =>
    comingSoon.tile({
      ...samples.soon,
      reader: { ...samples.soon.reader, language },
      at: new Date(Date.UTC(2026, month, 15)),
    }),
  ).map(({ month }) => month);
  expect(new Set(months).size).toBe(12);
  for (const month of months) expect(month).toMatch(/^\p{L}{3,4}$/u);
});
