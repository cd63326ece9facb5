import { sql } from "drizzle-orm";
import type { notifications } from "@/drizzle/schema";
import type { RequestState } from "@/lib/domain/request-state";
import type { Executor } from "../db";

/** How many there are of what, for programs that draw them. */
export type Figures = {
  requests: Partial<Record<RequestState, number>>;
  mails: Partial<Record<(typeof notifications.$inferSelect)["status"], number>>;
  sentLastDay: number;
  sentLastWeek: number;
  people: number;
  /** Batches that gather or wait for Plex. */
  batches: number;
  openIssues: number;
  pendingEvents: number;
  /** Jobs that used up their attempts. */
  failedJobs: number;
};

/** Counts everything in one statement. */
export async function readFigures(executor: Executor, now: Date): Promise<Figures> {
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const [row] = await executor.execute<Figures>(sql`
    select
      (select coalesce(json_object_agg(state, n), '{}') from
        (select state, count(*)::int as n from requests group by state) r) as requests,
      (select coalesce(json_object_agg(status, n), '{}') from
        (select status, count(*)::int as n from notifications group by status) m) as mails,
      (select count(*)::int from notifications where sent_at >= ${ago(24)}::timestamptz) as "sentLastDay",
      (select count(*)::int from notifications where sent_at >= ${ago(24 * 7)}::timestamptz) as "sentLastWeek",
      (select count(*)::int from users where gone_from_seerr_at is null) as people,
      (select count(*)::int from batches where status in ('open', 'trailing')) as batches,
      (select count(*)::int from issues where status in ('reported', 'fixing', 'failed')) as "openIssues",
      (select count(*)::int from inbound_events where outcome = 'pending') as "pendingEvents",
      (select count(*)::int from graphile_worker.jobs where attempts >= max_attempts) as "failedJobs"`);
  if (!row) throw new Error("PostgreSQL returned no figures");
  return row;
}
