import "server-only";
import type { RequestState } from "@/lib/domain/request-state";
import { currentStanding } from "../../standing";
import { apiRoute } from "../api-route";
import { getStats } from "../contracts/stats";
import { iso } from "../moments";

/** As in the public health: a worker shows itself every few seconds. */
const silentAfterMs = 30_000;

const told: readonly RequestState[] = ["told", "known_before"];
const withdrawn: readonly RequestState[] = ["declined", "deleted"];

export const stats = apiRoute(getStats, async () => {
  const { figures, services, lastWebhookAt, workerSilentMs } = await currentStanding();
  const { requests, mails } = figures;
  const sum = (counts: (number | undefined)[]) =>
    counts.reduce<number>((total, n) => total + (n ?? 0), 0);
  const toldCount = sum(told.map((state) => requests[state]));
  const total = sum(Object.values(requests)) - sum(withdrawn.map((state) => requests[state]));
  const down = services.filter(({ health }) => health?.state === "down").length;
  const isWorkerHere = workerSilentMs !== null && workerSilentMs < silentAfterMs;
  const [held, failed, unknown] = [mails.held ?? 0, mails.failed ?? 0, mails.unknown ?? 0];
  return {
    requests: {
      total,
      told: toldCount,
      waiting: total - toldCount,
      comingSoon: requests.coming_soon ?? 0,
    },
    mails: {
      sentLastDay: figures.sentLastDay,
      sentLastWeek: figures.sentLastWeek,
      sent: mails.sent ?? 0,
      onTheirWay: sum([figures.batches, mails.scheduled, mails.sending, mails.retrying]),
      held,
      failed,
      unknown,
    },
    people: figures.people,
    issuesOpen: figures.openIssues,
    needsYou: sum([held, failed, unknown, figures.openIssues, down]),
    services: {
      up: services.filter(({ health }) => health?.state === "ok" || health?.state === "degraded")
        .length,
      down,
    },
    lastWebhookAt: iso(lastWebhookAt),
    worker: isWorkerHere ? ("ok" as const) : ("silent" as const),
  };
});
