import { describe, expect, it } from "vitest";
import { type UserVerdictFacts, userIdleLine, userVerdict } from "@/lib/domain/views/user-verdict";

const reader = { now: new Date("2026-11-22T19:18:00Z"), timeZone: "Europe/Berlin" };
const quiet: UserVerdictFacts = {
  name: "Hannah Brandt",
  notToldBecause: null,
  held: 0,
  unknown: 0,
  failed: 0,
  waitingTitles: [],
  leaving: 0,
  leavesAt: null,
  lastSentAt: null,
};
const says = (facts: Partial<UserVerdictFacts>) => userVerdict({ ...quiet, ...facts }, reader);
const idle = (facts: Partial<UserVerdictFacts>) => userIdleLine({ ...quiet, ...facts }, reader);

describe("how things stand with one person", () => {
  it("names what keeps their mails before what is on its way", () => {
    const everything = {
      held: 2,
      unknown: 1,
      failed: 1,
      waitingTitles: ["Tidewater Road"],
      leaving: 1,
      lastSentAt: reader.now,
    };
    expect(says({ ...everything, notToldBecause: "she unsubscribed" })).toBe(
      "Hannah gets no mails: she unsubscribed.",
    );
    expect(says(everything)).toBe("2 mails to Hannah are on hold and wait for you.");
    expect(says({ ...everything, held: 1 })).toBe("A mail to Hannah is on hold and waits for you.");
    expect(says({ ...everything, held: 0 })).toBe(
      "A mail to Hannah may or may not have arrived. You decide.",
    );
    expect(says({ ...everything, held: 0, unknown: 0 })).toBe(
      "A mail to Hannah was refused for good.",
    );
    expect(says({ ...everything, held: 0, unknown: 0, failed: 0 })).toBe(
      "A mail about Tidewater Road waits for Hannah.",
    );
    expect(says({ waitingTitles: ["Tidewater Road", "Saltmarsh"] })).toBe(
      "2 mails wait for Hannah.",
    );
  });

  it("says when a mail leaves, and else when the last one left", () => {
    const leavesAt = new Date("2026-11-22T19:23:00Z");
    expect(says({ leaving: 1, leavesAt })).toBe("A mail to Hannah leaves at 20:23.");
    expect(says({ leaving: 3, leavesAt })).toBe(
      "3 mails to Hannah are leaving, the first at 20:23.",
    );
    expect(says({ leaving: 1, leavesAt: reader.now })).toBe("A mail to Hannah leaves now.");
    expect(says({ lastSentAt: new Date("2026-11-22T15:31:00Z") })).toBe(
      "Hannah gets mails. The last one left today at 16:31.",
    );
    expect(says({})).toBe("Hannah gets mails. None has left yet.");
  });

  it("ends the timeline with what is waited for", () => {
    expect(idle({})).toBe("Nothing waits for them.");
    expect(idle({ failed: 1 })).toBe("Waits for you.");
    expect(idle({ held: 1, leaving: 1, leavesAt: reader.now })).toBe("A mail leaves now.");
    expect(idle({ held: 1, waitingTitles: ["Saltmarsh"] })).toBe("Waiting, as above.");
  });
});
