import { type AdminEvent, adminEvents } from "./admin-news";
import type { Settings } from "./settings";

/** The ways news reaches the admin beside the dashboard. */

export const alertChannels = ["email", "webhook", "discord", "slack", "ntfy", "pushover"] as const;
export type AlertChannel = (typeof alertChannels)[number];

/** Channels that are no mail: each message to one is kept on record until it arrived. */
export type PushChannel = Exclude<AlertChannel, "email">;
export const pushChannels = alertChannels.filter((channel) => channel !== "email");

export const alertChannelNames: Record<AlertChannel, string> = {
  email: "E-mail",
  webhook: "Webhook",
  discord: "Discord",
  slack: "Slack",
  ntfy: "ntfy",
  pushover: "Pushover",
};

/** A message to one channel, in plain words: each channel escapes and shortens it as it needs. */
export type AlertMessage = {
  /** Ours; the same when a message is tried again. */
  id: number;
  event: AdminEvent | "test";
  subject: string;
  headline: string;
  lines: readonly string[];
  rows: readonly { label: string; value: string }[];
  link: { url: string; label: string } | null;
  serverName: string;
  at: Date;
};

/** What became of one attempt to hand a message over. */
export type AlertOutcome =
  | { kind: "accepted"; reply: string }
  /** `retryAfterMs`: how long the service asks to be left alone. */
  | { kind: "tryLater"; reply: string; retryAfterMs: number | null }
  | { kind: "refused"; reply: string };

/** How loud a message is: a phone rings for trouble only. */
export function alertTone(event: AlertMessage["event"]): "trouble" | "attention" | "good" {
  switch (event) {
    case "service_down":
    case "worker_silent":
    case "disk_low":
    case "backup_failed":
    case "queue_not_draining":
      return "trouble";
    case "service_recovered":
    case "repairs_made":
    case "test":
      return "good";
    default:
      return "attention";
  }
}

/** The events in a channel's list; an empty list means all, `none` means none. */
export function chosenEvents(list: string): readonly AdminEvent[] {
  const names = list.split(",").map((name) => name.trim());
  if (names.every((name) => name === "")) return adminEvents;
  return adminEvents.filter((event) => names.includes(event));
}

/** Whether a channel can be used, and what is missing where its set-up was begun. */
export type ChannelStanding = {
  channel: AlertChannel;
  setUp: { kind: "ready" } | { kind: "off" } | { kind: "incomplete"; missing: string };
  events: readonly AdminEvent[];
};

/** Every channel as the settings have it. */
export function channelStandings(settings: Settings): ChannelStanding[] {
  const list: Record<AlertChannel, string> = {
    email: settings.ALERT_EMAIL_EVENTS,
    webhook: settings.ALERT_WEBHOOK_EVENTS,
    discord: settings.DISCORD_EVENTS,
    slack: settings.SLACK_EVENTS,
    ntfy: settings.NTFY_EVENTS,
    pushover: settings.PUSHOVER_EVENTS,
  };
  return alertChannels.map((channel) => ({
    channel,
    setUp: setUpOf(channel, settings),
    events: chosenEvents(list[channel]),
  }));
}

/** The channels beside mail that get an event. */
export function channelsFor(event: AdminEvent, settings: Settings): PushChannel[] {
  return channelStandings(settings).flatMap(({ channel, setUp, events }) =>
    channel !== "email" && setUp.kind === "ready" && events.includes(event) ? [channel] : [],
  );
}

/** Whether an event is told by mail. */
export function isToldByMail(event: AdminEvent, settings: Settings): boolean {
  return chosenEvents(settings.ALERT_EMAIL_EVENTS).includes(event);
}

function setUpOf(channel: AlertChannel, settings: Settings): ChannelStanding["setUp"] {
  switch (channel) {
    case "email":
      if (settings.SMTP_HOST === "") return { kind: "off" };
      return settings.ADMIN_EMAIL === "" && settings.SMTP_FROM === ""
        ? { kind: "incomplete", missing: "ADMIN_EMAIL" }
        : { kind: "ready" };
    case "webhook":
      return addressed(settings.ALERT_WEBHOOK_URL, "ALERT_WEBHOOK_URL");
    case "discord":
      return addressed(settings.DISCORD_WEBHOOK_URL, "DISCORD_WEBHOOK_URL");
    case "slack":
      return addressed(settings.SLACK_WEBHOOK_URL, "SLACK_WEBHOOK_URL");
    case "ntfy": {
      const standing = addressed(settings.NTFY_URL, "NTFY_URL");
      return standing.kind === "ready" && ntfyTopic(settings.NTFY_URL) === null
        ? { kind: "incomplete", missing: "the topic at the end of NTFY_URL" }
        : standing;
    }
    case "pushover": {
      const { PUSHOVER_TOKEN, PUSHOVER_USER } = settings;
      if (PUSHOVER_TOKEN === "" && PUSHOVER_USER === "") return { kind: "off" };
      if (PUSHOVER_TOKEN === "") return { kind: "incomplete", missing: "PUSHOVER_TOKEN" };
      return PUSHOVER_USER === ""
        ? { kind: "incomplete", missing: "PUSHOVER_USER" }
        : { kind: "ready" };
    }
  }
}

function addressed(address: string, name: string): ChannelStanding["setUp"] {
  if (address === "") return { kind: "off" };
  return /^https?:\/\//i.test(address) && URL.canParse(address)
    ? { kind: "ready" }
    : { kind: "incomplete", missing: `an address that begins with http:// or https:// in ${name}` };
}

/** Server and topic of `https://ntfy.sh/topic`; null when there is no topic at its end. */
export function ntfyTopic(address: string): { serverUrl: string; topic: string } | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const [, base = "", topic = ""] = /^(.*\/)([-_A-Za-z0-9]{1,64})\/?$/.exec(url.pathname) ?? [];
  return topic === "" ? null : { serverUrl: `${url.origin}${base}`, topic };
}

const minute = 60_000;
const pauses = [0.5, 2, 10, 30, 60, 120, 240].map((minutes) => minutes * minute);
const longestPause = 6 * 60 * minute;

/** Where a delivery stands after an attempt. */
export type AfterAlertAttempt =
  | { status: "sent"; reply: string }
  | { status: "waiting"; reply: string; at: Date }
  | { status: "failed"; reply: string };

/** What follows an attempt: over about eight hours it is tried again, news older than that is none. */
export function decideAfterAlertAttempt(
  outcome: AlertOutcome,
  attempts: number,
  now: Date,
): AfterAlertAttempt {
  const { reply } = outcome;
  if (outcome.kind === "accepted") return { status: "sent", reply };
  const pause = pauses[attempts - 1];
  if (outcome.kind === "refused" || pause === undefined) return { status: "failed", reply };
  const asked = Math.min(outcome.retryAfterMs ?? 0, longestPause);
  return { status: "waiting", reply, at: new Date(now.getTime() + Math.max(pause, asked)) };
}
