import { openStage, type Stage, withoutDelay } from "@/test/integration/scenarios/stage";
import { Household } from "@/test/support/household";
import { startMediaStack } from "@/test/support/upstreams/media-stack";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";

/** What tests of the regular check share. */

/** A stage where nothing waits longer than it must. */
export const openCheckStage = (env: Record<string, string> = {}) =>
  openStage({ household: { env: { ...withoutDelay, ...env } } });

/** A stage whose services live in the time of the household: their histories are asked by date. */
export async function openTimedStage(env: Record<string, string> = {}): Promise<Stage> {
  let now = () => new Date();
  const stack = await startMediaStack({ now: () => now() });
  const household = await Household.open(stack, { env: { ...withoutDelay, ...env } });
  now = () => household.now;
  return { stack, household };
}

/** Somebody in Seerr with an address of their own. */
export function somebody({ stack }: Stage, name: string): SeerrUser {
  return stack.seerr.addUser({ displayName: name, email: `${name.toLowerCase()}@example.net` });
}

/** Runs a check and gives its mails time to leave. Returns its result in words. */
export async function check(stage: Stage): Promise<string> {
  const words = await stage.household.run("reconcile");
  await stage.household.advance({ minutes: 3 });
  return words;
}

export type FindingRow = {
  kind: string;
  title: string | null;
  name: string | null;
  words: string;
  seerrRequestId: number | null;
};

/** What the newest check found. */
export async function findings({ household }: Stage): Promise<FindingRow[]> {
  return household.ctx.database.raw<FindingRow[]>`
    select f.kind, f.title, u.display_name as name, f.words,
      r.seerr_request_id as "seerrRequestId"
    from run_findings f left join users u on u.id = f.user_id
      left join requests r on r.id = f.request_id
    where f.run_id = (select max(id) from job_runs where name = 'reconcile') order by f.id`;
}

/** The ids of a request and a person here, by Seerr's id and the address. */
export async function idsOf(
  { household }: Stage,
  seerrRequestId: number,
  email: string,
): Promise<{ requestId: number; userId: number }> {
  const [row] = await household.ctx.database.raw<{ requestId: number; userId: number }[]>`
    select r.id as "requestId", u.id as "userId" from requests r, users u
    where r.seerr_request_id = ${seerrRequestId} and u.email = ${email}`;
  if (!row) throw new Error(`${email} or the request is not known`);
  return row;
}
