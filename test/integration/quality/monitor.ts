import { openStage, type Stage, withoutDelay } from "../scenarios/stage";

/** A household whose release and quality monitor is on. */
export function openMonitored(
  options: NonNullable<Parameters<typeof openStage>[0]> = {},
): Promise<Stage> {
  const env = { ...withoutDelay, QUALITY_MONITOR_ENABLED: "true", ...options.household?.env };
  return openStage({ ...options, household: { ...options.household, env } });
}

/** A day of the household's calendar as movies are released: midnight UTC, so many days from now. */
export function dayAhead({ household }: Stage, days: number): Date {
  const at = new Date(household.now.getTime() + days * 86_400_000);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}

export type MailRow = { kind: string; status: string; reason: string | null; name: string };

/** Mails about a title to people who wait, by kind, oldest first. */
export async function waitingMails({ household }: Stage, title: string): Promise<MailRow[]> {
  return household.ctx.database.raw<MailRow[]>`
    select n.kind, n.status, n.status_reason as reason, u.display_name as name
    from notifications n join users u on u.id = n.user_id
    where n.title = ${title} and n.kind in ('coming_soon', 'quality_waiting') order by n.kind, n.id`;
}

/** The verdict of a request of Seerr as lists show it. */
export async function stateOf({ household }: Stage, request: { id: number }): Promise<string> {
  const [row] = await household.ctx.database.raw<{ state: string }[]>`
    select state from requests where seerr_request_id = ${request.id}`;
  return row?.state ?? "unknown to us";
}
