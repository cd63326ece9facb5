import "server-only";
import type { StandingView } from "@/lib/domain/views/health";
import { listHeartbeats } from "@/lib/store/worker-heartbeats";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

/** Since when the processes run. */
export async function loadStanding(): Promise<StandingView> {
  await requireViewer();
  const workers = await listHeartbeats(webDatabase().db);
  const now = Date.now();
  return {
    now,
    webSince: Math.round(now - process.uptime() * 1000),
    workersSince: workers.map(({ startedAt }) => startedAt.getTime()),
  };
}
