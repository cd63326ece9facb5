import { describe, expect, it } from "vitest";
import type { MailContent, MailEpisode } from "@/lib/domain/mail";
import { clampLine, cleanLine, initials, isolate } from "@/lib/domain/mail-characters";
import { episodeName, listEpisodes, seasonRuns } from "@/lib/domain/mail-episodes";
import { adminMailWords, mailPreheader, mailSubject, mailWords } from "@/lib/domain/mail-words";
import * as samples from "../../support/mail-samples";

const words = mailWords("en");

/** "3:1-3 3:5" → episodes of season 3. */
function episodes(code: string): MailEpisode[] {
  return code.split(" ").flatMap((part) => {
    const [season = "", range = ""] = part.split(":");
    const [first = "", last = first] = range.split("-");
    return samples.unnamedEpisodes(Number(season), Number(first), Number(last));
  });
}

const episodeMail = (title: string, code: string, isFourK = false): MailContent => ({
  kind: "episodes_available",
  props: { ...samples.episodes, title, isFourK, episodes: episodes(code) },
});

describe("subjects", () => {
  it.each([
    ["3:5", "Tidewater Road: episode 5 is ready"],
    ["3:3-5", "Tidewater Road: episodes 3–5 are ready"],
    ["3:3-4", "Tidewater Road: episodes 3–4 are ready"],
    ["3:3 3:5 3:7-9", "Tidewater Road: episodes 3, 5 and 7–9 are ready"],
    ["3:9 3:7-8 3:9", "Tidewater Road: episodes 7–9 are ready"],
    ["3:1-8", "Tidewater Road: episodes 1–8 are ready"],
    ["3:1-10", "Tidewater Road: season 3, episodes 1–10 are ready"],
    ["3:1 3:3 3:5 3:7", "Tidewater Road: 4 episodes of season 3 are ready"],
    ["0:2", "Tidewater Road: special 2 is ready"],
    ["0:1-3", "Tidewater Road: specials 1–3 are ready"],
    ["2:10 3:1-2", "Tidewater Road: season 2, episode 10 and season 3, episodes 1–2 are ready"],
    ["0:1 3:6", "Tidewater Road: season 3, episode 6 and special 1 are ready"],
    ["1:1-5 2:1-5 3:1-4", "Tidewater Road: 14 episodes from seasons 1–3 are ready"],
    ["0:4 2:1-2 4:1", "Tidewater Road: 4 episodes from seasons 2 and 4 and the specials are ready"],
    ["2024:150", "Tidewater Road: episode 150 is ready"],
    ["1:1000-1001", "Tidewater Road: episodes 1000–1001 are ready"],
  ])("%s → %s", (code, subject) => {
    expect(mailSubject(episodeMail("Tidewater Road", code))).toBe(subject);
  });

  it("says 4K once, at the end", () => {
    expect(mailSubject(episodeMail("Tidewater Road", "3:5", true))).toBe(
      "Tidewater Road: episode 5 is ready in 4K",
    );
    const movie: MailContent = {
      kind: "movie_available",
      props: { ...samples.movie, isFourK: true },
    };
    expect(mailSubject(movie)).toBe("Last Ferry North is ready in 4K");
  });

  it.each([
    "S.W.A.T.",
    "Star Trek: Discovery",
    "9-1-1: Lone Star",
    "s3E7",
    "$& $1 $`",
    "<b>&\"'",
    "🎬 Reel 🎞️",
  ])("takes the title %s as it is", (title) => {
    expect(mailSubject(episodeMail(title, "3:5"))).toBe(`${title}: episode 5 is ready`);
  });

  it("is one line, whatever the title holds", () => {
    const subject = mailSubject(
      episodeMail("A\r\nBcc: x@example.org\u0000\u2028B\u202e\ud800", "3:5"),
    );
    expect(subject).toBe("A Bcc: x@example.org B: episode 5 is ready");
  });

  it("keeps the news when the title is too long", () => {
    for (const title of [
      "word ".repeat(100),
      "👩‍👩‍👧‍👦".repeat(60),
      "x".repeat(500),
      "ש".repeat(500),
    ]) {
      const subject = mailSubject(episodeMail(title, "2:10 3:1-2"));
      expect(subject.length).toBeLessThanOrEqual(120);
      expect(subject).toMatch(
        /…\u2069?: season 2, episode 10 and season 3, episodes 1–2 are ready$/,
      );
      expect(subject).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it("isolates a right-to-left title, so that the numbers stay in order", () => {
    expect(mailSubject(episodeMail("شارع", "3:5"))).toBe("\u2068شارع\u2069: episode 5 is ready");
  });

  it("names what the admin mails are about", () => {
    expect(mailSubject({ kind: "not_in_plex", props: samples.missing })).toBe(
      "Saltmarsh: episode 3 is imported but not in Plex",
    );
    expect(
      mailSubject({ kind: "not_in_plex", props: { ...samples.missing, what: { kind: "movie" } } }),
    ).toBe("Saltmarsh is imported but not in Plex");
    expect(mailSubject({ kind: "test", props: samples.test })).toBe(
      "Test mail from The Attic Cinema",
    );
  });
});

describe("the daily mail", () => {
  const [film, show] = samples.digest.titles;
  const digest = (...titles: string[]): MailContent => ({
    kind: "daily_digest",
    props: {
      ...samples.digest,
      titles: titles.map((title) => ({ ...(film ?? fail()), title })),
    },
  });
  const fail = (): never => {
    throw new Error("There is no title");
  };

  it.each([
    [["Neap"], "Neap is ready"],
    [["Neap", "Saltmarsh"], "Neap and Saltmarsh are ready"],
    [["Neap", "Saltmarsh", "Kestrel"], "Neap, Saltmarsh and Kestrel are ready"],
    [["Neap", "Saltmarsh", "Kestrel", "Pier"], "Neap, Saltmarsh and 2 others are ready"],
  ])("%j", (titles, subject) => {
    expect(mailSubject(digest(...titles))).toBe(subject);
  });

  it("keeps its subject short, and says what of each title beside it", () => {
    const long = "ש".repeat(300);
    expect(mailSubject(digest(long, long, long, long)).length).toBeLessThanOrEqual(120);
    expect(mailPreheader({ kind: "daily_digest", props: samples.digest })).toBe(
      "Last Ferry North: 2026 · 1 h 54 min · 4K. Tidewater Road: 2024 · Season 3, episodes 3–5. شارع المد: Season 1, episode 2",
    );
    expect(words.digest.detail(show ?? fail())).toBe("2024 · Season 3, episodes 3–5");
  });
});

describe("preheaders add what the subject lacks", () => {
  it("names episodes and the next one", () => {
    expect(mailPreheader({ kind: "episodes_available", props: samples.episodes })).toBe(
      "Season 3: Neap, The Pilot Boat, Slack Water. Episode 6 airs on Friday 27 November.",
    );
  });
  it("counts them when not all have names", () => {
    expect(mailPreheader(episodeMail("Tidewater Road", "3:1-10"))).toContain(
      "Ten new episodes are on the server, Anna.",
    );
  });
});

describe("the list of episodes", () => {
  const lines = (code: string) => {
    const { seasons, more } = listEpisodes(episodes(code));
    const texts = seasons.flatMap((season) =>
      season.lines.map((line) =>
        line.kind === "run"
          ? `${season.season}:${line.run.first}-${line.run.last}`
          : `${season.season}:${line.episode}`,
      ),
    );
    return more > 0 ? [...texts, `+${more}`] : texts;
  };
  const odd = (count: number) => Array.from({ length: count }, (_, index) => `1:${index * 2 + 1}`);

  it.each([
    ["1:3-5", ["1:3", "1:4", "1:5"]],
    ["1:1-8", ["1:1", "1:2", "1:3", "1:4", "1:5", "1:6", "1:7", "1:8"]],
    ["1:1-9", ["1:1-9"]],
    ["1:1-10 1:12", ["1:1-10", "1:12"]],
    ["2:1-10 3:1-2 0:1", ["2:1-10", "3:1", "3:2", "0:1"]],
    ["1:10 1:100 1:9", ["1:9", "1:10", "1:100"]],
    [odd(12).join(" "), odd(12)],
    [odd(26).join(" "), [...odd(12), "+14"]],
    [`${odd(12).join(" ")} 2:1-20`, [...odd(12), "+20"]],
    [
      "1:1-7 2:1-7",
      [..."1234567"]
        .map((n) => `1:${n}`)
        .concat(
          [..."12345"].map((n) => `2:${n}`),
          "+2",
        ),
    ],
  ])("%s", (code, expected) => {
    expect(lines(code)).toEqual(expected);
  });

  it("adds up the length of a folded run, unless one is not known", () => {
    const run = samples.unnamedEpisodes(1, 1, 10);
    expect(listEpisodes(run).seasons[0]?.lines).toEqual([
      { kind: "run", run: { first: 1, last: 10 }, minutes: 480 },
    ]);
    const [first, ...rest] = run;
    const unknown = [{ ...first, minutes: null } as MailEpisode, ...rest];
    expect(listEpisodes(unknown).seasons[0]?.lines[0]?.minutes).toBeNull();
  });

  it("knows an episode once, and keeps its name", () => {
    const [known] = samples.unnamedEpisodes(1, 2, 2);
    const twice = [known, { ...known, title: "Neap" }] as MailEpisode[];
    expect(seasonRuns(twice)).toEqual([{ season: 1, runs: [{ first: 2, last: 2 }], count: 1 }]);
    expect(listEpisodes(twice).seasons[0]?.lines[0]).toMatchObject({ title: "Neap" });
  });

  it.each([null, "", "  ", "TBA", "tbd", "Episode 5", "Episode #5", "7", "To Be Announced"])(
    "takes %j for no name",
    (title) => {
      expect(episodeName(title)).toBeNull();
    },
  );
  it.each(["TBA Blues", "Episode", "Neap"])("keeps %j", (title) => {
    expect(episodeName(title)).toBe(title);
  });
});

describe("dates", () => {
  const at = (zone: string) => ({
    reader: { ...samples.episodes.reader, timeZone: zone },
    writtenAt: samples.episodes.writtenAt,
  });
  const next = { season: 3, episode: 6, airsAt: new Date("2026-11-27T20:00:00Z") };
  const line = (zone: string, airing = next) =>
    words.nextEpisode(airing, samples.episodes.episodes, at(zone));

  it("are the reader's, not the process's", () => {
    expect(process.env.TZ).toBe("Asia/Kathmandu");
    expect(line("Europe/Berlin")).toBe("Episode 6 airs on Friday 27 November.");
    expect(line("Pacific/Auckland")).toBe("Episode 6 airs on Saturday 28 November.");
  });
  it("carry the year when it is another one, and the zone with every time of day", () => {
    expect(line("UTC", { ...next, airsAt: new Date("2027-01-08T12:00:00Z") })).toBe(
      "Episode 6 airs on Friday 8 January 2027.",
    );
    expect(words.moment(new Date("2026-11-21T21:40:00Z"), at("Europe/Berlin"))).toBe(
      "Saturday 21 November at 22:40 CET",
    );
    expect(words.moment(new Date("2026-11-21T23:05:00Z"), at("Nowhere/Land"))).toBe(
      "Saturday 21 November at 23:05 UTC",
    );
  });
  it("promise nothing that is past", () => {
    expect(line("UTC", { ...next, airsAt: new Date("2026-11-20T20:00:00Z") })).toBeNull();
    expect(words.nextEpisode(null, samples.episodes.episodes, at("UTC"))).toBeNull();
  });
  it("name the season when it is another one", () => {
    expect(line("UTC", { ...next, season: 4, episode: 1 })).toBe(
      "Season 4 begins on Friday 27 November.",
    );
    expect(line("UTC", { ...next, season: 4, episode: 2 })).toBe(
      "Season 4, episode 2 airs on Friday 27 November.",
    );
  });
});

describe("sentences", () => {
  const when = { reader: samples.episodes.reader, writtenAt: samples.episodes.writtenAt };
  const asked = new Date("2026-11-01T10:00:00Z");
  it.each([
    [{ kind: "requested", at: asked } as const, "you asked for Neap on 1 November."],
    [{ kind: "requested", at: null } as const, "you asked for Neap."],
    [
      { kind: "attached", by: "Jonas", at: asked } as const,
      "Jonas added you to Neap on 1 November.",
    ],
    [{ kind: "attached", by: null, at: null } as const, "you were added to Neap."],
    [{ kind: "following" } as const, "you follow Neap."],
  ])("reason %j", (reason, end) => {
    expect(words.reason(reason, "Neap", when)).toBe(`You get this because ${end}`);
  });
  it.each([
    [null, ""],
    [0, ""],
    [52, "52 min"],
    [60, "1 h"],
    [114, "1 h 54 min"],
    [480, "8 h"],
  ])("length %j", (minutes, text) => {
    expect(words.length(minutes)).toBe(text);
  });
  it("greets by name, or not at all", () => {
    const one = samples.unnamedEpisodes(1, 1, 1);
    expect(words.newOnServer(one, "Anna")).toBe("A new episode is on the server, Anna.");
    expect(words.newOnServer(one, null)).toBe("A new episode is on the server.");
    expect(words.newOnServer(episodes("0:1-2"), " ")).toBe("Two new specials are on the server.");
    expect(words.newOnServer(episodes("1:1-13"), null)).toBe("13 new episodes are on the server.");
  });
  it("names at most four people", () => {
    expect(adminMailWords.notInPlex.waiting([])).toBe("Nobody has been told.");
    expect(adminMailWords.notInPlex.waiting(["Anna"])).toMatch(/^Anna has not been told\./);
    expect(adminMailWords.notInPlex.waiting(["Anna", "Ben", "Cleo", "Dan", "Eva"])).toMatch(
      /^Anna, Ben, Cleo and 2 others have not been told\./,
    );
  });
});

describe("outside text on one line", () => {
  it("is cleaned, clamped between words, and never cut inside a character", () => {
    expect(cleanLine(" a\tb\n\u0007c\u200f ")).toBe("a b c");
    expect(clampLine("one two three", 9)).toBe("one two…");
    expect(clampLine("one", 3)).toBe("one");
    expect(clampLine("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 14)).toBe("👩‍👩‍👧‍👦…");
  });
  it("is isolated only when it runs right to left", () => {
    expect(isolate("Neap")).toBe("Neap");
    expect(isolate("שלום")).toBe("\u2068שלום\u2069");
  });
  it.each([
    ["Tidewater Road", "TR"],
    ["The Glass Orchard", "GO"],
    ["Saltmarsh", "S"],
    ["A", "A"],
    ["9-1-1: Lone Star", "9L"],
    ["…!", "?"],
    ["", "?"],
    ["élan vital", "ÉV"],
  ])("initials of %j", (title, expected) => {
    expect(initials(title)).toBe(expected);
  });
});
