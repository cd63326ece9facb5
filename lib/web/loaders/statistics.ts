import "server-only";
import { type StatisticsView, statisticsView } from "@/lib/domain/views/statistics";
import { readStatistics } from "@/lib/services/statistics/read-statistics";
import { hasAnyRequest } from "@/lib/store/views/overview";
import { webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";

/** How long people wait, what waits now and for what, and the queue. */
export async function loadStatistics(): Promise<StatisticsView> {
  await requireViewer();
  const reader = await currentReader();
  const { db } = webDatabase();
  const [statistics, hasRequests] = await Promise.all([
    readStatistics(db, reader.now, reader.timeZone),
    hasAnyRequest(db),
  ]);
  return statisticsView(statistics, hasRequests, reader);
}
