import "server-only";
import { Gauge, Registry } from "prom-client";
import { notificationStatuses } from "@/lib/domain/delivery";
import { requestStates } from "@/lib/domain/request-state";
import type { Standing } from "@/lib/services/health/read-standing";
import { runDurationMs } from "@/lib/services/runs/list-jobs";

const seconds = (ms: number) => ms / 1000;

/**
 * How everything stands, as Prometheus reads it. All of it comes from the database, so that each of several web
 * processes says the same.
 */
export async function drawMetrics(
  standing: Standing,
): Promise<{ contentType: string; text: string }> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `bingealert_${name}`, help, labelNames, registers: [registry] });
  const { figures, services, jobs, waitingJobs, lastWebhookAt, workerSilentMs } = standing;

  const requests = gauge("requests", "Requests by their state", ["state"]);
  for (const state of requestStates) requests.set({ state }, figures.requests[state] ?? 0);
  const mails = gauge("mails", "Mails by their status; sent ones since the beginning", ["status"]);
  for (const status of notificationStatuses) mails.set({ status }, figures.mails[status] ?? 0);
  gauge("people", "People Seerr knows").set(figures.people);
  gauge("batches", "Mails that gather or wait for Plex").set(figures.batches);
  gauge("issues_open", "Reported issues that are not settled").set(figures.openIssues);
  gauge("webhooks_pending", "Webhooks stored and not worked off yet").set(figures.pendingEvents);
  gauge("jobs_waiting", "Jobs that are due and nobody works on").set(waitingJobs.count);
  gauge("jobs_waiting_oldest_seconds", "For how long the oldest of them waits").set(
    seconds(waitingJobs.oldestMs ?? 0),
  );
  gauge("jobs_failed", "Jobs that used up their attempts").set(figures.failedJobs);
  if (lastWebhookAt) {
    gauge("last_webhook_timestamp_seconds", "When the newest webhook came").set(
      seconds(lastWebhookAt.getTime()),
    );
  }
  if (workerSilentMs !== null) {
    gauge("worker_silent_seconds", "Time since a worker last showed itself").set(
      seconds(workerSilentMs),
    );
  }

  const up = gauge("service_up", "Whether a service answered its last check", ["service"]);
  const latency = gauge("service_latency_seconds", "How long it took to answer", ["service"]);
  for (const { key: service, health } of services) {
    if (!health) continue;
    up.set({ service }, health.state === "down" ? 0 : 1);
    if (health.latencyMs !== null) latency.set({ service }, seconds(health.latencyMs));
  }

  const finished = gauge("run_finished_timestamp_seconds", "When a worker's last run ended", [
    "worker",
  ]);
  const took = gauge("run_duration_seconds", "How long that run took", ["worker"]);
  const wentWell = gauge("run_ok", "Whether that run went well", ["worker"]);
  for (const { name: worker, lastRun } of jobs) {
    if (!lastRun?.finishedAt) continue;
    finished.set({ worker }, seconds(lastRun.finishedAt.getTime()));
    took.set({ worker }, seconds(runDurationMs(lastRun) ?? 0));
    wentWell.set({ worker }, lastRun.outcome === "ok" ? 1 : 0);
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}
