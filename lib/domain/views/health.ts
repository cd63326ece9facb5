import type { AlertChannel } from "../alerts";
import type { HealthState } from "../health";
import { plural } from "./count-words";
import type { StatusKind } from "./status";

export type HealthServiceView = {
  key: string;
  name: string;
  /** Null when it is not connected. */
  address: string | null;
  status: { kind: StatusKind; word: string };
  /** What is wrong and what to do, in sentences; null when nothing is. */
  trouble: { words: string; remedy: string | null; since: Date } | null;
  /** Equal stretches of the history, oldest first; null: not checked then. */
  stretches: (HealthState | null)[];
  /** Mean answer times of the same stretches. */
  latencies: (number | null)[];
  latencyMs: number | null;
  isSlow: boolean;
};

export type WatchedView = {
  key: string;
  name: string;
  status: StatusKind;
  words: string;
  remedy: string | null;
};

export type JobView = {
  name: string;
  title: string;
  standing:
    | { kind: "idle" }
    | { kind: "queued" }
    | {
        kind: "running";
        words: string | null;
        done: number;
        total: number | null;
        startedAt: Date;
      };
  last: {
    status: StatusKind;
    words: string;
    error: string | null;
    startedAt: Date;
    tookMs: number | null;
  } | null;
  nextRunAt: Date | null;
};

export type FailingJobView = {
  id: string;
  title: string;
  /** `3 of 25 attempts`. */
  attempts: string;
  nextTryAt: Date | null;
  lastError: string;
  failedAt: Date;
};

export type AlertChannelView = {
  channel: AlertChannel;
  name: string;
  status: { kind: StatusKind; word: string };
  /** Which events it gets, or what it lacks. */
  detail: string;
  canTest: boolean;
  newest: AlertDeliveryView | null;
};

export type AlertDeliveryView = {
  id: number;
  channelName: string;
  subject: string;
  status: { kind: StatusKind; word: string };
  reply: string | null;
  /** Next attempt while it waits, else when it was sent or given up. */
  at: Date;
};

export type WorkerView = {
  workerId: string;
  version: string;
  startedAt: Date;
  beatAt: Date;
  isSilent: boolean;
};

/** What the supervisor beside this web process can start anew. */
export type RestartedPart = "web" | "worker";

/** Since when the processes run, by the server's clock: tells when a restart is over. */
export type StandingView = { now: number; webSince: number; workersSince: number[] };

export type HealthView = {
  services: HealthServiceView[];
  /** Days the history shows. */
  historyDays: number;
  watched: WatchedView[];
  jobs: JobView[];
  failing: FailingJobView[];
  channels: AlertChannelView[];
  deliveries: AlertDeliveryView[];
  workers: WorkerView[];
  checkedAt: Date | null;
  nextCheckAt: Date | null;
  isChecking: boolean;
  /** What a restart starts anew; empty where BingeAlert cannot restart itself. */
  restarts: RestartedPart[];
  /** Title of the maintenance window under way: nobody is told of trouble meanwhile. */
  maintenance: { title: string; endsAt: Date } | null;
};

/** The mark of a state. */
export function statusOfHealth(state: HealthState): StatusKind {
  switch (state) {
    case "ok":
      return "up";
    case "degraded":
      return "slow";
    case "down":
      return "down";
  }
}

const jobTitles: Record<string, string> = {
  "sync-users": "Sync users",
  "sync-requests": "Sync requests",
  reconcile: "Check for missed",
  "refresh-plex": "Read the Plex libraries",
  "check-health": "Health",
  "review-quality": "Release and quality",
  "check-stuck": "Stuck downloads",
  "read-calendar": "Read the calendars",
  "weekly-summary": "Weekly summary",
  backup: "Backup",
};

/** A worker by the name people know it by. */
export function jobTitle(name: string): string {
  return jobTitles[name] ?? name.replaceAll(/[-_]/g, " ").replace(/^./, (c) => c.toUpperCase());
}

/** The answer of the page in one line. */
export function healthVerdict(view: HealthView): string {
  const named = (state: StatusKind) =>
    view.services.filter((service) => service.status.kind === state).map(({ name }) => name);
  const down = named("down");
  const slow = named("slow");
  const watchedDown = view.watched.filter(({ status }) => status === "down");
  if (down.length > 0) {
    const words = down.length > 2 ? plural(down.length, "service") : down.join(" and ");
    return `${words} ${down.length === 1 ? "does" : "do"} not work.`;
  }
  const [first] = watchedDown;
  if (first) {
    return watchedDown.length === 1
      ? `The services work. ${first.name}: ${first.words}.`
      : `The services work, but ${watchedDown.length} other things need you.`;
  }
  if (slow.length > 0) {
    const words = slow.length > 2 ? plural(slow.length, "service") : slow.join(" and ");
    return `Everything runs. ${words} ${slow.length === 1 ? "has" : "have"} trouble.`;
  }
  if (view.services.every(({ address }) => address === null)) return "No service is connected yet.";
  return view.checkedAt === null ? "Nothing has been checked yet." : "Everything runs.";
}
