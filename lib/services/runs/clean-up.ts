import { setTimeout as sleep } from "node:timers/promises";
import { plural } from "@/lib/domain/views/count-words";
import { listWords, sentence } from "@/lib/domain/words";
import { deleteExpiredSessions } from "@/lib/store/admin-sessions";
import { deleteFreeLimits } from "@/lib/store/rate-limits";
import { dropBeside, isRestoreLockFree } from "@/lib/store/restore-schema";
import { closeOpenRestores } from "@/lib/store/restores";
import {
  type RetentionStep,
  removeInboundBodies,
  removeInboundEvents,
  removeMailBodies,
  removeRuns,
} from "@/lib/store/retention";
import type { ServiceContext } from "../context";
import type { Progress } from "../run-report";

const day = 24 * 60 * 60 * 1000;
/** Small enough that nobody waits for a lock, with a breath in between for the others on a small disk. */
const batchSize = 1000;
const breathMs = 50;

/**
 * Removes what the settings no longer keep: texts of sent mails, webhooks and before that their bodies, records of runs.
 * Says in words what it removed.
 */
export async function cleanUp(ctx: ServiceContext, report: Progress): Promise<string> {
  const { settings } = await ctx.loadConfig();
  const { db } = ctx.database;
  const now = ctx.now();
  const before = (days: number) => new Date(now.getTime() - days * day);
  const limit = batchSize;
  // Whoever keeps webhooks for a shorter time than their bodies does not keep the bodies either.
  const purges: { one: string; run: (afterId: number) => Promise<RetentionStep> }[] = [
    {
      one: "mail body",
      run: (afterId) =>
        removeMailBodies(db, {
          before: before(settings.RETENTION_MAIL_BODY_DAYS),
          afterId,
          limit,
        }),
    },
    {
      one: "webhook",
      run: (afterId) =>
        removeInboundEvents(db, {
          before: before(settings.RETENTION_INBOUND_EVENT_DAYS),
          afterId,
          limit,
        }),
    },
    {
      one: "webhook body",
      run: (afterId) =>
        removeInboundBodies(db, {
          before: before(settings.RETENTION_INBOUND_BODY_DAYS),
          afterId,
          limit,
          now,
        }),
    },
    {
      one: "record of a run",
      run: (afterId) =>
        removeRuns(db, { before: before(settings.RETENTION_RUN_DAYS), afterId, limit }),
    },
  ];
  const removed: string[] = [];
  for (const [index, { one, run }] of purges.entries()) {
    const words = pluralOf[one] ?? `${one}s`;
    let count = 0;
    for (let afterId: number | null = 0; afterId !== null; ) {
      const step: RetentionStep = await run(afterId);
      count += step.changed;
      afterId = step.afterId;
      await report({ done: index, total: purges.length, words: `${count} ${words} removed` });
      if (afterId !== null) await sleep(breathMs);
    }
    if (count > 0) removed.push(plural(count, one, words));
  }
  await deleteExpiredSessions(db, now);
  await deleteFreeLimits(db, now);
  await sweepAfterRestores(ctx, now);
  return removed.length === 0
    ? "Nothing is older than it is kept"
    : `${sentence(listWords(removed))} removed`;
}

const pluralOf: Record<string, string> = {
  "mail body": "mail bodies",
  "webhook body": "webhook bodies",
  "record of a run": "records of runs",
};

/** What a restore that was killed left: its record, and tables beside the live ones. */
async function sweepAfterRestores(ctx: ServiceContext, now: Date): Promise<void> {
  const { db } = ctx.database;
  if (!(await isRestoreLockFree(db))) return;
  await closeOpenRestores(db, "It was interrupted before the swap; nothing was changed", now);
  await db.transaction((tx) => dropBeside(tx));
}
