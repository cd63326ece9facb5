import { describe, expect, it } from "vitest";
import { adminEvents } from "@/lib/domain/admin-news";
import {
  type AlertOutcome,
  channelStandings,
  channelsFor,
  chosenEvents,
  decideAfterAlertAttempt,
  isToldByMail,
  ntfyTopic,
} from "@/lib/domain/alerts";
import { parseSettings } from "@/lib/domain/settings";

const settings = (texts: Record<string, string>) => parseSettings(texts).settings;

describe("which events go where", () => {
  it("is every event when the list is empty, none by that word, else those named", () => {
    expect(chosenEvents("")).toEqual(adminEvents);
    expect(chosenEvents(" , ")).toEqual(adminEvents);
    expect(chosenEvents("none")).toEqual([]);
    expect(chosenEvents("service_down, disk_low")).toEqual(["service_down", "disk_low"]);
  });

  it("is asked of each channel that is set up", () => {
    const some = settings({
      DISCORD_WEBHOOK_URL: "https://discord.com/api/webhooks/1/x",
      DISCORD_EVENTS: "service_down",
      NTFY_URL: "https://ntfy.sh/attic",
      PUSHOVER_TOKEN: "only half of it",
    });
    expect(channelsFor("service_down", some)).toEqual(["discord", "ntfy"]);
    expect(channelsFor("disk_low", some)).toEqual(["ntfy"]);
    expect(isToldByMail("disk_low", settings({ ALERT_EMAIL_EVENTS: "none" }))).toBe(false);
  });

  it("refuses names that are no events", () => {
    const { problems } = parseSettings({ DISCORD_EVENTS: "service_down, sevice_up" });
    expect(problems.map(({ name }) => name)).toEqual(["DISCORD_EVENTS"]);
  });
});

describe("whether a channel is set up", () => {
  const setUp = (texts: Record<string, string>) =>
    Object.fromEntries(
      channelStandings(settings(texts)).map(({ channel, setUp: { kind } }) => [channel, kind]),
    );
  it("is off, incomplete or ready", () => {
    expect(setUp({})).toEqual({
      email: "off",
      webhook: "off",
      discord: "off",
      slack: "off",
      ntfy: "off",
      pushover: "off",
    });
    expect(
      setUp({
        SMTP_HOST: "mail",
        SMTP_FROM: "a@b.example",
        ALERT_WEBHOOK_URL: "nowhere",
        SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/x",
        NTFY_URL: "https://ntfy.sh",
        PUSHOVER_USER: "u",
      }),
    ).toEqual({
      email: "ready",
      webhook: "incomplete",
      discord: "off",
      slack: "ready",
      ntfy: "incomplete",
      pushover: "incomplete",
    });
  });

  it.each([
    ["https://ntfy.sh/my-topic", { serverUrl: "https://ntfy.sh/", topic: "my-topic" }],
    ["https://home.example/ntfy/a_b/", { serverUrl: "https://home.example/ntfy/", topic: "a_b" }],
    ["https://ntfy.sh/", null],
    ["https://ntfy.sh/with space", null],
    ["ntfy", null],
  ])("ntfy: %s", (address, expected) => {
    expect(ntfyTopic(address)).toEqual(expected);
  });
});

describe("after an attempt", () => {
  const now = new Date("2026-11-22T20:00:00Z");
  const minutesUntil = (outcome: AlertOutcome, attempts: number) => {
    const after = decideAfterAlertAttempt(outcome, attempts, now);
    return after.status === "waiting"
      ? (after.at.getTime() - now.getTime()) / 60_000
      : after.status;
  };
  const busy = (retryAfterMs: number | null): AlertOutcome => ({
    kind: "tryLater",
    reply: "busy",
    retryAfterMs,
  });

  it("waits longer each time, and gives up after eight hours", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => minutesUntil(busy(null), attempt));
    expect(pauses).toEqual([0.5, 2, 10, 30, 60, 120, 240, "failed"]);
  });

  it("leaves a service alone for as long as it asks, six hours at most", () => {
    expect(minutesUntil(busy(5 * 60_000), 1)).toBe(5);
    expect(minutesUntil(busy(1000), 3)).toBe(10);
    expect(minutesUntil(busy(30 * 24 * 3600_000), 1)).toBe(360);
  });

  it("does not try again what was refused", () => {
    expect(minutesUntil({ kind: "refused", reply: "gone" }, 1)).toBe("failed");
    expect(minutesUntil({ kind: "accepted", reply: "ok" }, 3)).toBe("sent");
  });
});
