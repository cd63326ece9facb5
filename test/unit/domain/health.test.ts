import { describe, expect, it } from "vitest";
import {
  decideHealth,
  type Finding,
  type HealthNews,
  type HealthStanding,
  judgeDisk,
  judgeQueue,
  judgeWebhooks,
  judgeWorkers,
  kindOfCheck,
  serviceRemedy,
} from "@/lib/domain/health";

const minute = 60_000;
const start = new Date("2026-11-22T20:00:00Z");
const later = (minutes: number) => new Date(start.getTime() + minutes * minute);
const rules = { threshold: 2, cooldownMs: 240 * minute, isMuted: false };

/** Plays checks 15 minutes apart: `o` fine, `s` slow, `x` failed; upper case while muted. */
function play(checks: string): { states: string[]; news: HealthNews[] } {
  let standing: HealthStanding | null = null;
  const states: string[] = [];
  const news: HealthNews[] = [];
  for (const [index, letter] of [...checks].entries()) {
    const kinds: Record<string, Finding["kind"]> = { o: "ok", s: "slow", x: "failed" };
    const finding = kinds[letter.toLowerCase()] ?? "ok";
    const isMuted = letter !== letter.toLowerCase();
    const after = decideHealth(standing, finding, { ...rules, isMuted }, later(index * 15));
    standing = after.standing;
    states.push(after.standing.state);
    news.push(after.news);
  }
  return { states, news };
}

const told = (checks: string) =>
  play(checks).news.flatMap((news, index) => (news ? [`${index} ${news}`] : []));

describe("the state of a service", () => {
  it("is degraded below the threshold and when slow, down from the threshold on", () => {
    expect(play("oxxxsoxo").states).toEqual([
      "ok",
      "degraded",
      "down",
      "down",
      "degraded",
      "ok",
      "degraded",
      "ok",
    ]);
  });

  it("keeps since when it is so", () => {
    const first = decideHealth(null, "failed", { ...rules, threshold: 1 }, start).standing;
    const second = decideHealth(first, "failed", { ...rules, threshold: 1 }, later(15)).standing;
    expect(second).toMatchObject({ since: start, failures: 2 });
  });
});

describe("what the admin is told", () => {
  it.each([
    ["a single failure is not told", "oxoxo", []],
    ["down and recovered, each once", "oxxxxo", ["2 down", "5 recovered"]],
    ["slow is an answer, so it is back", "xxs", ["1 down", "2 recovered"]],
    ["flapping within the pause is told once", "xxoxxoxxo", ["1 down", "2 recovered"]],
    ["what stays down is told again after the pause", "x".repeat(20), ["1 down", "17 still_down"]],
    [
      "flapping that ends down is told when the pause is over",
      `xxo${"x".repeat(16)}o`,
      ["1 down", "2 recovered", "17 down", "19 recovered"],
    ],
    ["nobody is told during maintenance", "oXXXOo", []],
    ["what is still down afterwards is told then", "oXXXx", ["4 down"]],
    [
      "who was told of a failure hears of its end after the window",
      "xxXOo",
      ["1 down", "4 recovered"],
    ],
  ])("%s", (_words, checks, expected) => {
    expect(told(checks)).toEqual(expected);
  });
});

describe("our own work", () => {
  it("drains while what is due waits less than the limit", () => {
    const nothing = { waitingJobs: 0, oldestJobMs: null, waitingMails: 0, oldestMailMs: null };
    expect(judgeQueue(nothing, 15 * minute)).toMatchObject({ kind: "ok", words: "Nothing waits" });
    const short = { ...nothing, waitingJobs: 2, oldestJobMs: 9000 };
    expect(judgeQueue(short, 15 * minute)).toMatchObject({
      kind: "ok",
      words: "2 jobs wait, the oldest 9 seconds",
    });
    const long = { ...nothing, waitingMails: 1, oldestMailMs: 16 * minute };
    expect(judgeQueue(long, 15 * minute)).toMatchObject({
      kind: "failed",
      words: "1 mail waits, the oldest 16 minutes",
    });
  });

  it("has room on its disk, or says how little", () => {
    const gb = 1e9;
    expect(judgeDisk({ freeBytes: 20 * gb, totalBytes: 120 * gb }, 500)).toEqual({
      kind: "ok",
      words: "20.0 GB of 120 GB free",
      latencyMs: null,
    });
    expect(judgeDisk({ freeBytes: 0.205 * gb, totalBytes: 120 * gb }, 500)).toMatchObject({
      kind: "failed",
      words: "205 MB of 120 GB free",
    });
    expect(judgeDisk({ freeBytes: 0, totalBytes: gb }, 0).kind).toBe("ok");
  });

  it("misses a worker that does not beat", () => {
    expect(judgeWorkers([2000]).kind).toBe("ok");
    expect(judgeWorkers([2000, 3 * minute])).toMatchObject({
      kind: "failed",
      words: "1 worker gave no sign of life for 3 minutes",
    });
  });
});

describe("webhooks that do not come", () => {
  const judge = (importedAt: number[], announcedAt: number[], now: number) =>
    judgeWebhooks(
      { importedAt: importedAt.map(later), announcedAt: announcedAt.map(later) },
      360 * minute,
      later(now),
    ).kind;

  it.each([
    ["nothing was imported", [], [], 9999, "ok"],
    ["each import was announced", [0, 60], [1, 61], 999, "ok"],
    ["clocks differ a little", [0], [-20], 999, "ok"],
    ["a pack sends one webhook for ten files", [0, 1, 2, 3, 4], [4], 999, "ok"],
    ["one was lost, later ones came", [0, 100], [101], 999, "ok"],
    ["the newest is missing, but not for long", [0, 100], [1], 400, "ok"],
    ["the newest is missing for hours", [0, 100], [1], 470, "failed"],
    ["none ever came", [0, 100], [], 361, "failed"],
  ])("%s", (_words, imported, announced, now, expected) => {
    expect(judge(imported, announced, now)).toBe(expected);
  });
});

it("knows the kind of a key", () => {
  expect(["seerr", "sonarr-anime", "webhooks:sonarr-anime", "disk"].map(kindOfCheck)).toEqual([
    "seerr",
    "sonarr",
    "webhooks",
    "disk",
  ]);
});

describe("what to do about a service that failed", () => {
  it("is about ports where mail is encrypted, and about the address where nothing is found", () => {
    expect(serviceRemedy("smtp", "tls")).toMatch(/SMTP_SECURITY: 587 goes with starttls/);
    expect(serviceRemedy("seerr", "tls")).toMatch(/^Begin the address with http:\/\//);
    expect(serviceRemedy("seerr", "status", 404)).toMatch(/^Check the address, with the URL base/);
    expect(serviceRemedy("seerr", "status", 500)).toMatch(/its own log/);
  });
});
