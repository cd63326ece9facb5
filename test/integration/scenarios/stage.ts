import { Household, type HouseholdOptions } from "@/test/support/household";
import {
  type MediaStack,
  type MediaStackOptions,
  startMediaStack,
} from "@/test/support/upstreams/media-stack";

/** A household and the services around it, and what tests read to know what became of things. */
export type Stage = { stack: MediaStack; household: Household };

/** For scenarios that are not about waiting: a mail leaves as soon as it may. */
export const withoutDelay = {
  NOTIFICATION_INITIAL_DELAY_SECONDS: "0",
  NOTIFICATION_EXTENSION_DELAY_SECONDS: "0",
  MOVIE_FIRST_CHECK_SECONDS: "0",
};

/** Starts both, after the first sync unless said otherwise; `prepare` fills the services before that. */
export async function openStage(
  options: {
    stack?: MediaStackOptions;
    household?: HouseholdOptions;
    prepare?: (stack: MediaStack) => Promise<void>;
  } = {},
): Promise<Stage> {
  const stack = await startMediaStack(options.stack);
  try {
    await options.prepare?.(stack);
    return { stack, household: await Household.open(stack, options.household) };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** Ends both. */
export async function closeStage(stage: Stage | undefined): Promise<void> {
  await stage?.household.close();
  await stage?.stack.stop();
}

/** Subjects of the mails to an address, oldest first. */
export function subjectsTo({ stack }: Stage, address: string): string[] {
  return stack.mailbox.to(address).map((mail) => mail.subject);
}

export type TimelineRow = { kind: string; code: string; words: string; reason: string | null };

/** The timeline of a request of Seerr, oldest first. */
export async function timelineOf(
  { household }: Stage,
  request: { id: number },
): Promise<TimelineRow[]> {
  return household.ctx.database.raw<TimelineRow[]>`
    select t.kind, t.code, t.words, t.reason
    from timeline_entries t join requests r on r.id = t.request_id
    where r.seerr_request_id = ${request.id} order by t.at, t.id`;
}

export type ToldRow = { seerrRequestId: number | null; mediaKey: string; name: string };

/** What users were told of a title, on account of which request. */
export async function toldOf({ household }: Stage, title: string): Promise<ToldRow[]> {
  return household.ctx.database.raw<ToldRow[]>`
    select r.seerr_request_id as "seerrRequestId", i.media_key as "mediaKey", u.display_name as name
    from notification_items i join notifications n on n.id = i.notification_id
      join users u on u.id = n.user_id left join requests r on r.id = i.request_id
    where n.title = ${title} order by i.media_key, u.display_name`;
}

export type EventRow = {
  id: number;
  outcome: string;
  reason: string | null;
  instanceKey: string | null;
  eventType: string | null;
  effects: { words: string; detail: string | null }[] | null;
};

/** Stored webhooks from `afterId` on, in the order of arrival. */
export async function eventsOf({ household }: Stage, afterId = 0): Promise<EventRow[]> {
  const rows = await household.ctx.database.raw<EventRow[]>`
    select id, outcome, reason, instance_key as "instanceKey", event_type as "eventType", effects
    from inbound_events where id > ${afterId} order by id`;
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/** Jobs that failed and are tried again, or were given up, each with its last error. */
export async function troubledJobs({ household }: Stage): Promise<string[]> {
  const rows = await household.ctx.database.raw<{ task: string; error: string }[]>`
    select t.identifier as task, j.last_error as error
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.last_error is not null`;
  return rows.map((row) => `${row.task}: ${row.error.split("\n")[0]}`);
}
