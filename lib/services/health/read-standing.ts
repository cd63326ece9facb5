import { findWaitingJobs, listWorkerSilences, type Waiting } from "@/lib/store/queue-standing";
import { type Figures, readFigures } from "@/lib/store/views/figures";
import { findLastWebhook } from "@/lib/store/views/overview";
import type { ServiceContext } from "../context";
import { type JobStanding, listJobs } from "../runs/list-jobs";
import { listHealth, type ServiceStanding } from "./list-health";

/** How everything stands at one moment, for programs that watch it. */
export type Standing = {
  figures: Figures;
  /** Only what is connected. */
  services: ServiceStanding[];
  jobs: JobStanding[];
  waitingJobs: Waiting;
  lastWebhookAt: Date | null;
  /** Milliseconds since a worker last showed itself; null when none ever did. */
  workerSilentMs: number | null;
};

/** Reads how everything stands; the figures of `GET /api/v1/stats` and `GET /metrics`. */
export async function readStanding(ctx: ServiceContext): Promise<Standing> {
  const { db } = ctx.database;
  const [figures, { services }, { jobs }, waitingJobs, last, [workerSilentMs]] = await Promise.all([
    readFigures(db, ctx.now()),
    listHealth(ctx),
    listJobs(ctx),
    findWaitingJobs(db),
    findLastWebhook(db),
    listWorkerSilences(db),
  ]);
  return {
    figures,
    services: services.filter(({ address }) => address !== null),
    jobs,
    waitingJobs,
    lastWebhookAt: last?.receivedAt ?? null,
    workerSilentMs: workerSilentMs ?? null,
  };
}
