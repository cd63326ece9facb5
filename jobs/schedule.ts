import { parseCronItems } from "graphile-worker";
import type { TaskName } from "@/lib/queue/catalog";

const items: { task: TaskName; match: string; identifier: string }[] = [
  { task: "recover_interrupted", match: "* * * * *", identifier: "recover_interrupted" },
  { task: "advance_maintenance", match: "* * * * *", identifier: "advance_maintenance" },
  { task: "start_due_runs", match: "* * * * *", identifier: "start_due_runs" },
];

/** What recurs, in UTC; graphile-worker runs each tick once, however many workers there are. */
export const schedule = parseCronItems(
  items.map((item) => ({ ...item, options: { backfillPeriod: 0 } })),
);
