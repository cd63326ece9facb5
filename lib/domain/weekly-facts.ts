import { z } from "zod";

/** What a weekly summary says, as it is kept with its mail: the same mail can be made again later. */
export const weeklyFacts = z.object({
  from: z.coerce.date(),
  until: z.coerce.date(),
  timeZone: z.string(),
  mails: z.object({
    total: z.number(),
    /** In the week before; null when BingeAlert did not run all of it. */
    before: z.number().nullable(),
    /** Seven parts of the week, oldest first. */
    perDay: z.array(z.number()),
    byKind: z.array(z.object({ kind: z.string(), count: z.number() })),
    failed: z.number(),
  }),
  people: z.array(z.object({ name: z.string(), count: z.number(), titles: z.array(z.string()) })),
  /** Those not named above. */
  others: z.object({ people: z.number(), mails: z.number() }),
  requests: z.object({ made: z.number(), fulfilled: z.number() }),
  /** Medians; null without any. */
  minutesToWatchable: z.number().nullable(),
  minutesToTold: z.number().nullable(),
  issues: z.object({ reported: z.number(), resolved: z.number(), open: z.number() }).nullable(),
  /** What waits for the admin, by request state or mail state. */
  needs: z.array(
    z.object({
      state: z.string(),
      title: z.string(),
      since: z.coerce.date(),
      path: z.string(),
    }),
  ),
  waiting: z.array(z.object({ title: z.string(), state: z.string(), since: z.coerce.date() })),
});
export type WeeklyFacts = z.infer<typeof weeklyFacts>;

/** Whether nothing happened that anybody could want to read about. */
export function isQuietWeek(facts: WeeklyFacts): boolean {
  const { mails, requests, issues, needs, waiting } = facts;
  return (
    mails.total === 0 &&
    mails.failed === 0 &&
    requests.made === 0 &&
    requests.fulfilled === 0 &&
    (issues === null || issues.reported + issues.resolved + issues.open === 0) &&
    needs.length === 0 &&
    waiting.length === 0
  );
}
