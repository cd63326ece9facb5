import { describe, expect, it } from "vitest";
import { comesOn } from "@/lib/domain/views/moment-words";
import { requestStateView } from "@/lib/domain/views/request-state-words";
import { idleLine, settledVerdict } from "@/lib/domain/views/request-verdict";
import { type PendingFacts, requestWaits } from "@/lib/domain/views/request-waits";

const at = (iso: string) => new Date(iso);
const reader = { now: at("2026-11-22T19:18:00Z"), timeZone: "Europe/Berlin" };
const newYork = { ...reader, timeZone: "America/New_York" };
const facts = {
  state: "coming_soon",
  stateUntil: at("2026-12-04T00:00:00Z"),
  mediaType: "movie" as const,
  toldNames: [],
  names: ["Anna Lindqvist", "Jonas Weber"],
  lastToldAt: null,
  nextAirsAt: null,
  told: 0,
  total: 1,
};

describe("a title that is not out", () => {
  it("comes on a day that is the same everywhere, an episode at the reader's hour", () => {
    expect(comesOn(at("2026-12-04T00:00:00Z"), newYork)).toBe("on 4 December");
    expect(comesOn(at("2027-01-09T02:00:00Z"), newYork)).toBe("on 8 January 2027 at 21:00");
  });
  it("says so in the verdict, in lists and in the now zone", () => {
    expect(settledVerdict(facts, reader)).toBe(
      "It is not out yet: it comes on 4 December. Anna and Jonas will be told when Plex plays it.",
    );
    expect(settledVerdict({ ...facts, stateUntil: null }, reader)).toMatch(/no date is known/);
    expect(idleLine(facts, reader)).toBe("Nothing to tell yet. Next: it comes on 4 December.");
    const row = { ...facts, lastNewsAt: reader.now };
    expect(requestStateView(row, reader)).toEqual({
      kind: "not_out",
      word: "Coming soon",
      detail: "On 4 December",
    });
    expect(requestStateView({ ...row, stateUntil: null }, reader).detail).toBe("No date known");
  });
});

describe("a title that is not to be had", () => {
  const waiting = { ...facts, state: "quality_waiting", stateUntil: null };
  it("says so", () => {
    expect(settledVerdict(waiting, reader)).toMatch(/^It is out, but not to be had in the wanted/);
    const inPart = {
      ...waiting,
      mediaType: "tv" as const,
      toldNames: ["Anna L"],
      told: 3,
      total: 8,
    };
    expect(settledVerdict(inPart, reader)).toBe(
      "Anna was told about 3 of 8 episodes. The rest of what is out was not found in the wanted quality yet.",
    );
    expect(idleLine(waiting, reader)).toContain("Next: a download in the wanted quality.");
  });
  it("promises no mail that a grab would cancel", () => {
    const mail = {
      kind: "quality_waiting",
      status: "scheduled",
      userName: "Anna Lindqvist",
      subject: "Copper Valley: still looking for a good copy",
      statusReason: null,
      dueAt: at("2026-11-22T19:23:00Z"),
      createdAt: at("2026-11-22T19:18:00Z"),
    };
    const verdict = (facts: Partial<PendingFacts>) =>
      requestWaits(
        { mediaType: "movie", batches: [], mails: [mail], toldSoFar: null, ...facts },
        reader,
      )?.verdict;
    expect(verdict({})).toBe(
      "It is out, but not to be had yet. Anna hears of that at 20:23, unless a download is found first.",
    );
    expect(verdict({ mails: [{ ...mail, kind: "coming_soon" }] })).toBe(
      "A mail to Anna leaves at 20:23.",
    );
    // Who has some of it hears of the rest: what they were told stays in the sentence.
    expect(verdict({ mediaType: "tv", toldSoFar: "Anna was told about 2 of 8 episodes" })).toBe(
      "Anna was told about 2 of 8 episodes. The rest of what is out is not to be had yet. Anna hears of that at 20:23, unless a download is found first.",
    );
  });
});
