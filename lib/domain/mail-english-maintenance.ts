import type { MailFrame, MaintenanceProps } from "./mail";
import { clampLine, cleanLine, isolate } from "./mail-characters";
import { dateParts } from "./mail-dates";

/** The English words of the mails about maintenance windows. */

type When = Pick<MailFrame, "reader" | "writtenAt">;

const partsOf = (date: Date, { reader }: When) => dateParts(date, "en-GB", reader.timeZone);

/** "Sunday 22 November", with the year when it is another one. */
function day(date: Date, when: When): string {
  const { weekday, day: number, month, year } = partsOf(date, when);
  const isThisYear = partsOf(when.writtenAt, when).year === year;
  return `${weekday} ${number} ${month}${isThisYear ? "" : ` ${year}`}`;
}

/** "20:00 CET". */
function clock(date: Date, when: When): string {
  const { time, zone } = partsOf(date, when);
  return `${time} ${zone}`;
}

const moment = (date: Date, when: When) => `${day(date, when)} at ${clock(date, when)}`;

/** "Sunday 22 November, 20:00–22:00 CET"; over midnight or a change of the clocks both ends are named whole. */
function span(from: Date, to: Date, when: When): string {
  const begin = partsOf(from, when);
  const end = partsOf(to, when);
  const isOneDay = day(from, when) === day(to, when) && begin.zone === end.zone;
  return isOneDay
    ? `${day(from, when)}, ${begin.time}–${end.time} ${end.zone}`
    : `${moment(from, when)} to ${moment(to, when)}`;
}

function subject(props: MaintenanceProps): string {
  const server = isolate(clampLine(cleanLine(props.appearance.serverName) || "BingeAlert", 50));
  switch (props.news) {
    case "announced":
      return props.before
        ? `${server}: maintenance now on ${day(props.startsAt, props)}`
        : `${server}: maintenance on ${day(props.startsAt, props)}`;
    case "reminder":
      return `${server}: maintenance begins at ${clock(props.startsAt, props)}`;
    case "done":
      return `${server} is back from maintenance`;
    case "cancelled":
      return `${server}: no maintenance on ${day(props.startsAt, props)}`;
  }
}

function sentence(props: MaintenanceProps): string {
  switch (props.news) {
    case "announced":
      return props.before
        ? `The break has other times than announced: ${span(props.startsAt, props.endsAt, props)}.`
        : `The server takes a break: ${span(props.startsAt, props.endsAt, props)}.`;
    case "reminder":
      return `The break begins at ${clock(props.startsAt, props)} and lasts until ${clock(props.endsAt, props)}.`;
    case "done": {
      const over = props.finishedAt ?? props.endsAt;
      const early =
        over.getTime() < props.endsAt.getTime() - 60_000 ? ", earlier than planned" : "";
      return `The break is over since ${clock(over, props)}${early}.`;
    }
    case "cancelled":
      return "The announced break does not take place. Everything goes on as usual.";
  }
}

function rows(props: MaintenanceProps): [string, string][] {
  const planned: [string, string][] = [
    ["Begins", moment(props.startsAt, props)],
    ["Ends", moment(props.endsAt, props)],
  ];
  switch (props.news) {
    case "announced":
      return props.before
        ? [...planned, ["Before", span(props.before.startsAt, props.before.endsAt, props)]]
        : planned;
    case "reminder":
      return planned;
    case "done":
      return [
        ["Began", moment(props.startsAt, props)],
        ["Ended", moment(props.finishedAt ?? props.endsAt, props)],
      ];
    case "cancelled":
      return [["Planned", span(props.startsAt, props.endsAt, props)]];
  }
}

/** What the break means for the reader. */
function meanwhile({ news }: MaintenanceProps): string {
  switch (news) {
    case "announced":
    case "reminder":
      return "Plex may not answer meanwhile. Mails about new films and episodes leave afterwards.";
    case "done":
      return "What arrived meanwhile follows in mails of its own.";
    case "cancelled":
      return "Nothing for you to do.";
  }
}

function kicker({ news, before }: MaintenanceProps): string {
  switch (news) {
    case "announced":
      return before ? "Maintenance changed" : "Maintenance planned";
    case "reminder":
      return "Maintenance soon";
    case "done":
      return "Maintenance done";
    case "cancelled":
      return "Maintenance cancelled";
  }
}

export const maintenanceWords = {
  subject,
  sentence,
  rows,
  meanwhile,
  kicker,
  reason: "You get this because you watch from this server.",
};
