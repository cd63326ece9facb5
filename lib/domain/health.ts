import type { Settings } from "./settings";
import { sizeWords } from "./views/count-words";
import { durationWords, listWords } from "./words";

/** How what is watched stands, and when the admin hears of it. */

export type HealthState = "ok" | "degraded" | "down";

/** Services that are asked, and things around our own work that are looked at. */
export const checkKinds = [
  "seerr",
  "sonarr",
  "radarr",
  "plex",
  "smtp",
  "queue",
  "webhooks",
  "disk",
  "workers",
] as const;
export type CheckKind = (typeof checkKinds)[number];

/** The kind behind a key: `sonarr-anime` is a Sonarr, `webhooks:sonarr` its webhooks. */
export function kindOfCheck(key: string): CheckKind {
  const [start = ""] = key.split(/[:-]/);
  return checkKinds.find((kind) => kind === start) ?? "queue";
}

/** Whether a check asks another service; the rest look at our own work. */
export function isServiceKind(kind: CheckKind): boolean {
  return ["seerr", "sonarr", "radarr", "plex", "smtp"].includes(kind);
}

/** What one check found. `words` is a sentence without its full stop. */
export type Finding =
  | { kind: "ok"; words: string; latencyMs: number | null }
  | { kind: "slow"; words: string; remedy: string | null; latencyMs: number }
  | { kind: "failed"; words: string; remedy: string | null; latencyMs: number | null };

export type HealthStanding = {
  state: HealthState;
  /** Failed checks in a row. */
  failures: number;
  /** When it came into this state. */
  since: Date;
  /** When the admin was last told that it is down. */
  toldAt: Date | null;
  /** Told that it is down, and not yet that it is back. */
  isTold: boolean;
};

export type HealthRules = {
  /** Failed checks in a row that make it down. */
  threshold: number;
  cooldownMs: number;
  /** During maintenance nobody is told; what still holds afterwards is told then. */
  isMuted: boolean;
};

/** What the admin is told after a check. */
export type HealthNews = "down" | "still_down" | "recovered" | null;

/** How a check changes the standing. Pure: the same check after a restart tells nothing twice. */
export function decideHealth(
  before: HealthStanding | null,
  finding: Finding["kind"],
  rules: HealthRules,
  now: Date,
): { standing: HealthStanding; news: HealthNews } {
  const failures = finding === "failed" ? (before?.failures ?? 0) + 1 : 0;
  const state = stateOf(finding, failures, rules.threshold);
  const standing: HealthStanding = {
    state,
    failures,
    since: before?.state === state ? before.since : now,
    toldAt: before?.toldAt ?? null,
    isTold: before?.isTold ?? false,
  };
  const news = rules.isMuted ? null : newsOf(standing, finding, rules.cooldownMs, now);
  if (news === null) return { standing, news };
  return {
    news,
    standing:
      news === "recovered"
        ? { ...standing, isTold: false }
        : { ...standing, isTold: true, toldAt: now },
  };
}

function stateOf(finding: Finding["kind"], failures: number, threshold: number): HealthState {
  if (finding === "failed") return failures >= threshold ? "down" : "degraded";
  return finding === "slow" ? "degraded" : "ok";
}

function newsOf(
  standing: HealthStanding,
  finding: Finding["kind"],
  cooldownMs: number,
  now: Date,
): HealthNews {
  if (finding !== "failed") return standing.isTold ? "recovered" : null;
  const isCool =
    standing.toldAt === null || now.getTime() - standing.toldAt.getTime() >= cooldownMs;
  if (standing.state !== "down" || !isCool) return null;
  return standing.isTold ? "still_down" : "down";
}

/** What the settings say about a kind of check. Our own work is counted as down at once: its limits are times. */
export function healthRules(kind: CheckKind, settings: Settings, isMuted: boolean): HealthRules {
  return {
    threshold: isServiceKind(kind) ? settings.HEALTH_FAILURE_THRESHOLD : 1,
    cooldownMs: settings.ALERT_COOLDOWN_MINUTES * 60_000,
    isMuted,
  };
}

/** How a service failed, as the clients tell it apart. */
export type FailureKind = "dns" | "refused" | "tls" | "timeout" | "auth" | "status" | "parse";

const checkAddress =
  "Check the address, with the URL base if it has one. A login page of a proxy also looks like this";

/** One thing to do about a service that failed; `status` is what it answered, when it did. */
export function serviceRemedy(kind: CheckKind, failure: FailureKind, status?: number): string {
  switch (failure) {
    case "dns":
      return "Check the name in its address. In Docker both containers need one network";
    case "refused":
      return "Look whether it runs, and whether address and port are right";
    case "tls":
      return kind === "smtp"
        ? "Check SMTP_PORT and SMTP_SECURITY: 587 goes with starttls, 465 with ssl. SMTP_HOST has to be the name in its certificate"
        : "Begin the address with http:// if it has no certificate, else use the name in its certificate";
    case "timeout":
      return "It is overloaded or a firewall drops the connection. Look at its own log";
    case "auth":
      if (kind === "plex") return "Enter a new token as PLEX_TOKEN";
      if (kind === "smtp") return "Check SMTP_USER and SMTP_PASSWORD. Gmail wants an app password";
      return "Copy its API key anew from its settings";
    case "parse":
      return kind === "smtp"
        ? "Check SMTP_PORT and SMTP_SECURITY: 587 goes with starttls, 465 with ssl"
        : checkAddress;
    case "status":
      return status === 404 ? checkAddress : "Look at its own log; it answers with an error";
  }
}

/** What waits in the queue, oldest first. Ages in milliseconds; null when nothing is due. */
export type QueueFacts = {
  waitingJobs: number;
  oldestJobMs: number | null;
  waitingMails: number;
  oldestMailMs: number | null;
};

/** Whether the queue drains: nothing that is due waits longer than the limit. */
export function judgeQueue(facts: QueueFacts, limitMs: number): Finding {
  const oldest = Math.max(facts.oldestJobMs ?? 0, facts.oldestMailMs ?? 0);
  const parts = [
    ...(facts.waitingJobs > 0 ? [countOf(facts.waitingJobs, "job")] : []),
    ...(facts.waitingMails > 0 ? [countOf(facts.waitingMails, "mail")] : []),
  ];
  if (parts.length === 0) return { kind: "ok", words: "Nothing waits", latencyMs: null };
  const wait = facts.waitingJobs + facts.waitingMails === 1 ? "waits" : "wait";
  const words = `${listWords(parts)} ${wait}, the oldest ${durationWords(oldest)}`;
  if (oldest <= limitMs) return { kind: "ok", words, latencyMs: null };
  return {
    kind: "failed",
    words,
    remedy: "Look at the jobs that fail on the Health page, then restart BingeAlert",
    latencyMs: null,
  };
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Whether the disk of the config folder has room. Bytes; a limit of 0 never fails. */
export function judgeDisk(
  { freeBytes, totalBytes }: { freeBytes: number; totalBytes: number },
  leastFreeMb: number,
): Finding {
  const words = `${sizeWords(freeBytes)} of ${sizeWords(totalBytes)} free`;
  if (freeBytes >= leastFreeMb * 1_000_000) return { kind: "ok", words, latencyMs: null };
  return {
    kind: "failed",
    words,
    remedy: "Free some space, or move the config folder to a larger disk",
    latencyMs: null,
  };
}

/** A worker beats every few seconds; one that holds its lock but is silent for this long hangs. */
const silentAfterMs = 2 * 60_000;

/** Whether every worker process gives signs of life. */
export function judgeWorkers(silentMs: readonly number[]): Finding {
  const silent = silentMs.filter((ms) => ms > silentAfterMs);
  if (silent.length === 0) {
    const words =
      silentMs.length === 0 ? "At work" : `${countOf(silentMs.length, "worker")} at work`;
    return { kind: "ok", words, latencyMs: null };
  }
  return {
    kind: "failed",
    words: `${countOf(silent.length, "worker")} gave no sign of life for ${durationWords(Math.max(...silent))}`,
    remedy: "Restart that process",
    latencyMs: null,
  };
}

/** A webhook is sent in the middle of the import; clocks of two machines may differ this much. */
const announcedWithinMs = 30 * 60_000;

/** Whether the newest imports of an instance were announced by webhooks. Moments in any order. */
export function judgeWebhooks(
  facts: { importedAt: readonly Date[]; announcedAt: readonly Date[] },
  silenceMs: number,
  now: Date,
): Finding {
  const announced = facts.announcedAt.map((at) => at.getTime());
  const isAnnounced = (at: number) =>
    announced.some((other) => Math.abs(other - at) <= announcedWithinMs);
  const imports = facts.importedAt.map((at) => at.getTime()).sort((a, b) => a - b);
  const lastHeard = imports.findLastIndex(isAnnounced);
  const missed = imports.slice(lastHeard + 1);
  const [first] = missed;
  if (first === undefined || now.getTime() - first < silenceMs) {
    return { kind: "ok", words: "Imports are announced", latencyMs: null };
  }
  const announcedWords = missed.length === 1 ? "1 import was" : `${missed.length} imports were`;
  return {
    kind: "failed",
    words: `${announcedWords} announced by no webhook, the first ${durationWords(now.getTime() - first)} ago`,
    remedy: "Check the webhook in its settings under Connect, and send a test from there",
    latencyMs: null,
  };
}
