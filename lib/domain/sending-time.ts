import { clockTime, minutesOfDay, nextTimeOfDay } from "./local-time";
import type { QuietHours } from "./preferences";
import type { SeasonWait } from "./season-wait";
import { listWords } from "./words";

/** When a mail that is ready may leave, by what its reader and the admin chose. */

export type SendingReason =
  | { kind: "quietHours"; quietHours: QuietHours }
  | { kind: "dailyDigest"; hour: number }
  | { kind: "seasonIncomplete"; missing: SeasonWait["missing"] }
  | { kind: "maintenance"; title: string };

export type SendingTime =
  | { kind: "now" }
  /** `at` is the latest moment: a season can be complete earlier. */
  | { kind: "later"; at: Date; because: SendingReason };

export type SendingFacts = {
  quietHours: QuietHours | null;
  timeZone: string;
  maintenance: { title: string; endsAt: Date } | null;
  /** Null for mails that no digest gathers. `dueAt` is the hour they wait for already, if they do. */
  digest: { hour: number; dueAt: Date | null } | null;
  seasonWait: SeasonWait | null;
};

/** Decides for a mail that is ready now. What ends in the middle of something else waits for that as well. */
export function decideSendingTime(facts: SendingFacts, now: Date): SendingTime {
  let decided: SendingTime = { kind: "now" };
  const moveTo = (at: Date, because: SendingReason) => {
    if (at > (decided.kind === "later" ? decided.at : now))
      decided = { kind: "later", at, because };
  };
  const at = () => (decided.kind === "later" ? decided.at : now);
  const { seasonWait, digest, maintenance, quietHours, timeZone } = facts;
  if (seasonWait)
    moveTo(seasonWait.until, { kind: "seasonIncomplete", missing: seasonWait.missing });
  if (digest && (digest.dueAt === null || digest.dueAt > now)) {
    moveTo(nextTimeOfDay(at(), digest.hour * 60, timeZone), {
      kind: "dailyDigest",
      hour: digest.hour,
    });
  }
  if (maintenance) {
    moveTo(maintenance.endsAt, { kind: "maintenance", title: maintenance.title });
  }
  const quietEnd = endOfQuietHours(at(), quietHours, timeZone);
  if (quietHours && quietEnd) moveTo(quietEnd, { kind: "quietHours", quietHours });
  return decided;
}

/** When the quiet hours end that `at` falls into; null when it falls into none. */
export function endOfQuietHours(
  at: Date,
  quietHours: QuietHours | null,
  timeZone: string,
): Date | null {
  if (!quietHours) return null;
  const { from, until } = quietHours;
  const minutes = minutesOfDay(at, timeZone);
  const isQuiet =
    from < until ? minutes >= from && minutes < until : minutes >= from || minutes < until;
  return isQuiet ? nextTimeOfDay(at, until, timeZone) : null;
}

/**
 * "Anna’s quiet hours, 22:00 to 07:00": follows "Held until 07:00:". A zone of their own is named, because the rest is
 * said in the server's.
 */
export function sendingReasonWords(
  reason: SendingReason,
  reader: { name: string; timeZone: string },
  serverZone: string,
): string {
  const { name } = reader;
  const zone = reader.timeZone === serverZone ? "" : ` in ${reader.timeZone}`;
  switch (reason.kind) {
    case "quietHours": {
      const { from, until } = reason.quietHours;
      return `${possessive(name)} quiet hours, ${clockTime(from)} to ${clockTime(until)}${zone}`;
    }
    case "dailyDigest":
      return `${name} wants mails once a day, at ${clockTime(reason.hour * 60)}${zone}`;
    case "seasonIncomplete":
      return `${name} wants whole seasons, and ${missingWords(reason.missing)}`;
    case "maintenance":
      return `maintenance “${reason.title}”`;
  }
}

function missingWords(missing: SeasonWait["missing"]): string {
  const seasons = [...new Set(missing.map((episode) => episode.season))];
  const parts = seasons.map((season) => {
    const count = missing.filter((episode) => episode.season === season).length;
    return `${count} ${count === 1 ? "episode" : "episodes"} of season ${season}`;
  });
  return `${listWords(parts)} ${missing.length === 1 ? "is" : "are"} not there yet`;
}

/** "Anna’s", "Jonas’". */
const possessive = (name: string) => (/[sxz]$/i.test(name) ? `${name}’` : `${name}’s`);
