import type { MaintenanceProps } from "../mail";
import { clampLine, cleanLine, isolate } from "../mail-characters";
import type { MailPhrases } from "./phrases";
import { capital, type MailTools, type When } from "./tools";

/** The words of the mails about maintenance windows. */
export function maintenanceWords(phrases: MailPhrases, tools: MailTools) {
  const says = phrases.maintenance;

  /** "Sunday 22 November, 20:00–22:00 CET"; over midnight or a change of the clocks both ends are named whole. */
  function span(from: Date, to: Date, when: When): string {
    const begin = tools.partsOf(from, when.reader.timeZone);
    const end = tools.partsOf(to, when.reader.timeZone);
    const day = tools.weekday(from, when);
    return day === tools.weekday(to, when) && begin.zone === end.zone
      ? `${day}, ${phrases.clock(`${begin.time}–${end.time}`, end.zone)}`
      : phrases.span(tools.moment(from, when), tools.moment(to, when));
  }

  /** Announced again with other times is news of its own. */
  const newsOf = ({ news, before }: MaintenanceProps) =>
    news === "announced" && before ? "moved" : news;

  function subject(props: MaintenanceProps): string {
    const server = isolate(clampLine(cleanLine(props.appearance.serverName) || "BingeAlert", 50));
    const at =
      props.news === "reminder"
        ? tools.clock(props.startsAt, props)
        : tools.weekday(props.startsAt, props);
    return says.subject[newsOf(props)](server, at);
  }

  function sentence(props: MaintenanceProps): string {
    switch (newsOf(props)) {
      case "announced":
        return says.announced(span(props.startsAt, props.endsAt, props));
      case "moved":
        return says.moved(span(props.startsAt, props.endsAt, props));
      case "reminder":
        return says.reminder(tools.clock(props.startsAt, props), tools.clock(props.endsAt, props));
      case "done": {
        const over = props.finishedAt ?? props.endsAt;
        const isEarly = over.getTime() < props.endsAt.getTime() - 60_000;
        return says.done(tools.clock(over, props), isEarly);
      }
      case "cancelled":
        return says.cancelled;
    }
  }

  function rows(props: MaintenanceProps): [string, string][] {
    const moment = (at: Date) => capital(tools.moment(at, props));
    const planned: [string, string][] = [
      [says.begins, moment(props.startsAt)],
      [says.ends, moment(props.endsAt)],
    ];
    switch (props.news) {
      case "announced":
        return props.before
          ? [
              ...planned,
              [says.before, capital(span(props.before.startsAt, props.before.endsAt, props))],
            ]
          : planned;
      case "reminder":
        return planned;
      case "done":
        return [
          [says.began, moment(props.startsAt)],
          [says.ended, moment(props.finishedAt ?? props.endsAt)],
        ];
      case "cancelled":
        return [[says.planned, capital(span(props.startsAt, props.endsAt, props))]];
    }
  }

  return {
    subject,
    sentence,
    rows,
    /** What the break means for the reader. */
    meanwhile: ({ news }: MaintenanceProps) => says.meanwhile[news],
    kicker: (props: MaintenanceProps) => says.kicker[newsOf(props)],
    reason: says.reason,
  };
}
