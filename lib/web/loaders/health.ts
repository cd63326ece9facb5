import "server-only";
import { adminEvents, adminEventWords } from "@/lib/domain/admin-news";
import { alertChannelNames } from "@/lib/domain/alerts";
import {
  type AlertChannelView,
  type AlertDeliveryView,
  type FailingJobView,
  type HealthServiceView,
  type HealthView,
  type JobView,
  jobTitle,
  statusOfHealth,
  type WatchedView,
} from "@/lib/domain/views/health";
import type { ServiceStandingView } from "@/lib/domain/views/overview";
import { listWords } from "@/lib/domain/words";
import { redactText } from "@/lib/log";
import { listAlerts } from "@/lib/services/alerts/list-alerts";
import {
  type HealthOverview,
  listHealth,
  type ServiceStanding,
} from "@/lib/services/health/list-health";
import { activeMaintenance } from "@/lib/services/maintenance/find-maintenance";
import { type JobStanding, listJobs, runDurationMs } from "@/lib/services/runs/list-jobs";
import type { AlertDelivery } from "@/lib/store/alert-deliveries";
import { type HealthStretch, listHealthStretches } from "@/lib/store/health";
import type { FailingJob } from "@/lib/store/views/api-jobs";
import { listHeartbeats } from "@/lib/store/worker-heartbeats";
import { restartedParts } from "../restart";
import { webContext } from "../service-context";
import { currentReader, requireViewer } from "../viewer";

const DAY_MS = 86_400_000;
const STRETCHES = 42;
const DELIVERIES = 12;
const SILENT_MS = 60_000;

/** How everything stands: services, workers, jobs, alert channels. */
export async function loadHealth(): Promise<HealthView> {
  await requireViewer();
  const reader = await currentReader();
  const ctx = webContext();
  const { db } = ctx.database;
  const { settings } = await ctx.loadConfig();
  const historyDays = settings.HEALTH_HISTORY_DAYS;
  const stretchMs = (historyDays * DAY_MS) / STRETCHES;
  const [health, stretches, jobs, alerts, workers, maintenance] = await Promise.all([
    listHealth(ctx),
    listHealthStretches(db, { now: reader.now, stretchMs, count: STRETCHES }),
    listJobs(ctx),
    listAlerts(ctx, DELIVERIES),
    listHeartbeats(db),
    activeMaintenance(db, reader.now),
  ]);
  const check = jobs.jobs.find(({ name }) => name === "check-health");
  return {
    services: health.services.map((service) =>
      serviceView(
        service,
        stretches.filter(({ key }) => key === service.key),
      ),
    ),
    historyDays,
    watched: watchedViews(health),
    jobs: jobs.jobs.map(jobView),
    failing: jobs.failing.map(failingView),
    channels: alerts.channels.map(channelView),
    deliveries: alerts.deliveries.map(deliveryView),
    workers: workers
      .map(({ workerId, version, startedAt, beatAt }) => ({
        workerId,
        version,
        startedAt,
        beatAt,
        isSilent: reader.now.getTime() - beatAt.getTime() > SILENT_MS,
      }))
      .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime()),
    checkedAt: check?.lastRun?.finishedAt ?? null,
    nextCheckAt: check?.nextRunAt ?? null,
    isChecking: check?.lastRun != null && check.lastRun.finishedAt === null,
    restarts: restartedParts(),
    maintenance: maintenance && { title: maintenance.title, endsAt: maintenance.endsAt },
  };
}

/** How every service stands, without its history. */
export async function loadServiceStandings(): Promise<ServiceStandingView[]> {
  await requireViewer();
  const { services } = await listHealth(webContext());
  return services.map(serviceStanding);
}

function serviceView(service: ServiceStanding, history: HealthStretch[]): HealthServiceView {
  const { address, health } = service;
  const oldestFirst = Array.from({ length: STRETCHES }, (_, place) =>
    history.find(({ index }) => index === STRETCHES - 1 - place),
  );
  return {
    ...serviceStanding(service),
    address,
    trouble:
      health && health.state !== "ok"
        ? { words: health.words, remedy: health.remedy, since: health.since }
        : null,
    stretches: oldestFirst.map((stretch) => stretch?.state ?? null),
    latencies: oldestFirst.map((stretch) => stretch?.latencyMs ?? null),
    isSlow: health?.state === "degraded" && health.failures === 0,
  };
}

/** How a service stands, in a mark, a word and its last answer time. */
export function serviceStanding(service: ServiceStanding): ServiceStandingView {
  const { key, name, health } = service;
  return {
    key,
    name,
    status: serviceStatus(service),
    latencyMs: health?.failures === 0 ? health.latencyMs : null,
  };
}

function serviceStatus({ address, health }: ServiceStanding): HealthServiceView["status"] {
  if (address === null) return { kind: "declined", word: "Not connected" };
  if (!health) return { kind: "waiting", word: "Not checked yet" };
  const kind = statusOfHealth(health.state);
  if (health.state === "ok") return { kind, word: health.words.replace(/, version [^,]*/, "") };
  if (health.state === "down") return { kind, word: "Down" };
  return { kind, word: health.failures === 0 ? "Slow" : "Failed once" };
}

const watchedOrder = ["queue", "workers", "webhooks", "disk"];

function watchedViews({ watched }: HealthOverview): WatchedView[] {
  return [...watched]
    .sort((a, b) => watchedOrder.indexOf(a.kind) - watchedOrder.indexOf(b.kind))
    .map(({ key, kind, name, state, words, remedy }) => ({
      key,
      name: kind === "webhooks" ? `${name} webhooks` : name,
      status: statusOfHealth(state),
      words,
      remedy: state === "ok" ? null : remedy,
    }));
}

const outcomeStatus = { ok: "sent", failed: "failed", interrupted: "slow" } as const;

function jobView(job: JobStanding): JobView {
  const { name, lastRun: run, isQueued, nextRunAt } = job;
  const base = { name, title: jobTitle(name), nextRunAt };
  const runs = run !== null && run.finishedAt === null;
  return {
    ...base,
    standing: runs
      ? {
          kind: "running",
          words: run.words,
          done: run.done,
          total: run.total,
          startedAt: run.startedAt,
        }
      : isQueued
        ? { kind: "queued" }
        : { kind: "idle" },
    last:
      run?.outcome && !runs
        ? {
            status: outcomeStatus[run.outcome],
            words: run.words ?? (run.outcome === "ok" ? "Done" : "It did not get far"),
            error: run.error && redactText(run.error),
            startedAt: run.startedAt,
            tookMs: runDurationMs(run),
          }
        : null,
  };
}

function failingView(job: FailingJob): FailingJobView {
  return {
    id: job.id,
    title: jobTitle(job.task),
    attempts: `${job.attempts} of ${job.maxAttempts} attempts`,
    nextTryAt: job.nextTryAt,
    lastError: redactText(job.lastError).split("\n")[0]?.slice(0, 400) ?? "",
    failedAt: job.failedAt,
  };
}

type Channel = Awaited<ReturnType<typeof listAlerts>>["channels"][number];

function channelView({ channel, setUp, events, newest }: Channel): AlertChannelView {
  const name = alertChannelNames[channel];
  return {
    channel,
    name,
    status:
      setUp.kind === "ready"
        ? { kind: "up", word: "Ready" }
        : setUp.kind === "off"
          ? { kind: "declined", word: "Not set up" }
          : { kind: "slow", word: "Incomplete" },
    detail: setUp.kind === "incomplete" ? `${setUp.missing} is missing` : eventWords(events),
    canTest: setUp.kind === "ready",
    newest: newest && deliveryView(newest),
  };
}

function eventWords(events: Channel["events"]): string {
  if (events.length === adminEvents.length) return "Every event";
  if (events.length === 0) return "No event";
  if (events.length > 3) return `${events.length} of ${adminEvents.length} events`;
  return listWords(events.map((event) => adminEventWords[event]));
}

function deliveryView(delivery: AlertDelivery): AlertDeliveryView {
  const { id, channel, news, status, reply } = delivery;
  return {
    id,
    channelName: alertChannelNames[channel],
    subject: news.subject,
    status:
      status === "sent"
        ? { kind: "sent", word: "Sent" }
        : status === "failed"
          ? { kind: "failed", word: "Failed" }
          : delivery.attempts > 0
            ? { kind: "retrying", word: "Retrying" }
            : { kind: "sending", word: "On its way" },
    reply: status === "sent" ? null : reply,
    at: status === "waiting" ? delivery.dueAt : (delivery.sentAt ?? delivery.createdAt),
  };
}
