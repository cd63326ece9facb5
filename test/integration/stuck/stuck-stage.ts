import {
  openStage,
  type Stage,
  subjectsTo,
  withoutDelay,
} from "@/test/integration/scenarios/stage";
import type { DownloadState as FakeDownloadState } from "@/test/support/upstreams/servarr-server";
import type { ShowTitle } from "@/test/support/upstreams/world";

/** What the tests of the stuck monitor share: a show somebody asked for, and what became of downloads. */

export const admin = "admin@example.net";

/** A household whose first sync is over; `env` switches repairs on. */
export function openStuckStage(env: Record<string, string> = {}): Promise<Stage> {
  return openStage({ household: { env: { ...withoutDelay, ...env } } });
}

/** A show that one user asked for, known to Sonarr. */
export async function askedShow({ stack, household }: Stage, title: string, episodes = 6) {
  const user = stack.seerr.addUser({
    displayName: `Asker of ${title}`,
    email: `${title.toLowerCase().replaceAll(" ", ".")}@example.net`,
  });
  const show: ShowTitle = stack.world.addShow({ title, seasons: { 1: episodes } });
  const request = await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  return { show, request, user };
}

/** How Sonarr shows a download it could not import. */
export function importFailure(...messages: string[]): Partial<FakeDownloadState> {
  return {
    status: "completed",
    trackedDownloadStatus: "warning",
    trackedDownloadState: "importPending",
    statusMessages: [{ title: "Release", messages }],
    sizeLeft: 0,
  };
}

export type DownloadState = {
  title: string;
  verdict: string;
  words: string;
  plan: string | null;
  strikes: number;
  isGone: boolean;
};

/** The rows of downloads, oldest first. */
export async function downloadsOf({ household }: Stage): Promise<DownloadState[]> {
  return household.ctx.database.raw<DownloadState[]>`
    select title, verdict, verdict_words as words, plan_words as plan, strikes,
      gone_at is not null as "isGone" from downloads order by id`;
}

/** Subjects of the mails about stuck downloads and repairs. */
export function newsOf(stage: Stage): string[] {
  return subjectsTo(stage, admin).filter((subject) =>
    /stuck|another release|other releases/i.test(subject),
  );
}

/** The last run's failures, as its record says them. */
export async function lastRun({ household }: Stage) {
  const [row] = await household.ctx.database.raw<
    { outcome: string; words: string | null; error: string | null }[]
  >`select outcome, words, error from job_runs where name = 'check-stuck' order by id desc limit 1`;
  return row;
}
