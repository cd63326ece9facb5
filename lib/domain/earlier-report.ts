import type { ImportPlan, LeftOut, LeftOutReason } from "./earlier-history";
import { plural } from "./views/count-words";

/** What an import brings and leaves out, in words for the command line. */

const words: Record<LeftOutReason, [one: string, many: string, why: string]> = {
  person_gone: ["person", "people", "no longer in Seerr"],
  other_person: ["person", "people", "their number in Seerr belongs to somebody else now"],
  request_gone: [
    "request",
    "requests",
    "no longer in Seerr under that number; what was told of them comes over",
  ],
  watcher: ["shared request", "shared requests", "request or person is no longer in Seerr"],
  no_request: ["mail", "mails", "the request they name is not there"],
  no_id: ["telling", "tellings", "no TVDB or TMDB id is to be found"],
  no_episode: ["mail", "mails", "they name no episode"],
  not_sent: ["mail", "mails", "never sent there; they are not sent here either"],
  other_kind: [
    "mail",
    "mails",
    "about a release date, a quality or an issue, not about what plays",
  ],
  broken_row: ["row", "rows", "damaged"],
};

/** Reasons for which names help. */
const named: readonly LeftOutReason[] = ["person_gone", "other_person", "no_id", "request_gone"];

/** The lines of the report, without a heading. */
export function importReport(plan: ImportPlan): string[] {
  const count = (how: string) => plan.ledger.filter((row) => row.how === how).length;
  const watchers = plan.watchers.reduce((sum, { seerrUserIds }) => sum + seerrUserIds.length, 0);
  const lines = [
    `${plural(plan.people, "person", "people")}, of them ${plan.deactivate.length} switched off there`,
    `${plural(plan.requests, "request")} and ${plural(watchers, "shared request")}`,
    `${plural(count("told"), "thing")} that people were told`,
    `${plural(count("known_before"), "thing")} that counted as known there`,
    `${plural(count("not_wanted"), "thing")} not told to people who were switched off`,
  ];
  return [...lines, ...leftOutLines(plan.leftOut)];
}

function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const lines: string[] = [];
  for (const [reason, [one, many, why]] of Object.entries(words)) {
    const some = leftOut.filter((entry) => entry.reason === reason);
    if (some.length === 0) continue;
    const names = [...new Set(some.map((entry) => entry.what))];
    const shown = named.includes(reason as LeftOutReason) ? namesOf(names) : "";
    lines.push(`Left out: ${plural(some.length, one, many)}: ${why}${shown}`);
  }
  return lines;
}

const mostNames = 8;

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(", ");
  const more = names.length - mostNames;
  return ` (${shown}${more > 0 ? ` and ${more} more` : ""})`;
}
