import { lastMondays, noWaits, type Statistics } from "@/lib/domain/statistics";
import { dayKey } from "@/lib/domain/views/moment-words";
import type { Executor } from "@/lib/store/db";
import { countQueue, countWaiting, listWaitsByWeek } from "@/lib/store/views/statistics";
import { listWaitingLongest } from "@/lib/store/views/weekly";

const shownWeeks = 12;
const shownTitles = 5;

/** How long people waited in the last twelve weeks of a zone, what waits now, and what is in the queue. */
export async function readStatistics(
  executor: Executor,
  now: Date,
  timeZone: string,
): Promise<Statistics> {
  const mondays = lastMondays(dayKey(now, timeZone), shownWeeks);
  const [waits, waiting, longest, queue] = await Promise.all([
    listWaitsByWeek(executor, mondays[0] as string, timeZone),
    countWaiting(executor),
    listWaitingLongest(executor, shownTitles),
    countQueue(executor),
  ]);
  const of = (wanted: string | null) => {
    const { week: _, ...found } = waits.find(({ week }) => week === wanted) ?? {
      week: null,
      ...noWaits,
    };
    return found;
  };
  return {
    weeks: mondays.map((week) => ({ week, ...of(week) })),
    all: of(null),
    waiting,
    longest,
    queue,
  };
}
