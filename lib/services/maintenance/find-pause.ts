import { isTimeZone } from "@/lib/domain/local-time";
import { preferencesOf } from "@/lib/domain/preferences";
import {
  decideSendingTime,
  type SendingFacts,
  sendingReasonWords,
} from "@/lib/domain/sending-time";
import { firstName } from "@/lib/domain/views/person";
import type { Executor } from "@/lib/store/db";
import type { User } from "@/lib/store/users";
import type { Config } from "../load-config";
import { activeMaintenance } from "./find-maintenance";

/** A mail that is ready waits until then; `because` is a clause that follows "Held until 07:00:". */
export type Pause = {
  until: Date;
  because: string;
  /** What it waits for, when that is no time: said once however often it is looked at. Follows "Kept back ". */
  waitsFor?: string;
};

/** Mails about the maintenance itself and about a reported problem are worth having during it. */
const leavesDuringMaintenance = (kind: string) => /^(maintenance|issue)_/.test(kind);

/** What somebody asked for a moment ago does not wait for their morning. */
const leavesAtOnce = (kind: string) => kind === "personal_link";

/** What keeps a mail of a kind back from a user at this moment: their quiet hours, or maintenance. Null: nothing. */
export async function findPause(
  executor: Executor,
  config: Pick<Config, "timeZone">,
  user: User,
  kind: string,
  now: Date,
): Promise<Pause | null> {
  return decidePause(config, user, kind, await activeMaintenance(executor, now), now);
}

/** The same, with the maintenance window under way, if there is one. */
export function decidePause(
  config: Pick<Config, "timeZone">,
  user: User,
  kind: string,
  window: { title: string; endsAt: Date } | null,
  now: Date,
): Pause | null {
  if (leavesAtOnce(kind)) return null;
  const maintenance = leavesDuringMaintenance(kind) ? null : window;
  const times = readerTimes(user, config);
  const decided = decideSendingTime({ ...times, maintenance, digest: null, seasonWait: null }, now);
  if (decided.kind === "now") return null;
  const reader = { name: firstName(user.displayName), timeZone: times.timeZone };
  return {
    until: decided.at,
    because: sendingReasonWords(decided.because, reader, config.timeZone),
  };
}

/** A person's quiet hours and the zone they are meant in; the server's where they chose none. */
export function readerTimes(
  user: User,
  config: Pick<Config, "timeZone">,
): Pick<SendingFacts, "quietHours" | "timeZone"> {
  const { quietHours, timeZone } = preferencesOf(user);
  return {
    quietHours,
    timeZone: timeZone && isTimeZone(timeZone) ? timeZone : config.timeZone,
  };
}
