import Link from "next/link";
import { clockTime, dayKey, type Reader } from "@/lib/domain/views/moment-words";
import { groupName } from "@/lib/domain/views/person";
import { comingDayHead, type UpcomingEntryView, weeksOf } from "@/lib/domain/views/upcoming";
import { cn } from "../ui/cn";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const SHOWN = 4;

/** The same as weeks, for wide windows. */
export function UpcomingMonth({
  entries,
  days,
  reader,
  listHref,
}: {
  entries: UpcomingEntryView[];
  days: number;
  reader: Reader;
  /** Where everything of a full day is. */
  listHref: string;
}) {
  const today = dayKey(reader.now, reader.timeZone);
  const last = new Date(Date.parse(today) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return (
    <table className="w-full table-fixed text-sm">
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th
              key={weekday}
              scope="col"
              className="h-9 border-b border-border px-2.5 text-left text-xs font-medium text-subtle-foreground"
            >
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(today, days).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const ofDay = entries.filter((entry) => entry.day === day);
              const isOutside = day < today || day > last;
              return (
                <td
                  key={day}
                  className={cn(
                    "h-[116px] border-r border-b border-border px-1.5 py-1.5 align-top last:border-r-0",
                    isOutside && "bg-[color-mix(in_oklab,var(--muted)_40%,var(--card))]",
                  )}
                >
                  <div
                    className={cn(
                      "num mb-1 px-1 text-xs/5 text-subtle-foreground",
                      day === today && "font-semibold text-primary-text",
                    )}
                  >
                    <span className="sr-only">{comingDayHead(day, reader)}</span>
                    <span aria-hidden>{dayLabel(day, day === today)}</span>
                  </div>
                  <ol className="grid gap-0.5">
                    {ofDay.slice(0, SHOWN).map((entry) => (
                      <li key={entry.key}>
                        <Link
                          href={`/requests/${entry.requestId}`}
                          title={`${entry.title}: ${entry.what}. ${groupName(entry.people, entry.peopleCount)}`}
                          className="block rounded-xs px-1 py-0.5 hover:bg-hover"
                        >
                          <span dir="auto" className="block truncate text-xs/[18px] font-medium">
                            {entry.title}
                          </span>
                          <span className="num block truncate text-2xs/4 text-muted-foreground">
                            {entry.release === "air"
                              ? `${clockTime(entry.at, reader.timeZone)} ${entry.what.replace(/^Season (\d+), episodes? /, "S$1 E")}`
                              : entry.what}
                            {entry.isFourK ? ", 4K" : null}
                          </span>
                        </Link>
                      </li>
                    ))}
                  </ol>
                  {ofDay.length > SHOWN ? (
                    <Link
                      href={listHref}
                      className="num mt-0.5 block px-1 text-2xs/4 text-primary-text hover:underline"
                    >
                      and {ofDay.length - SHOWN} more
                    </Link>
                  ) : null}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `Today`, `1 Dec` on the first of a month, else `28`. */
function dayLabel(day: string, isToday: boolean): string {
  const number = Number(day.slice(8));
  if (isToday) return `${number}, today`;
  if (number > 1) return String(number);
  const at = new Date(`${day}T12:00:00Z`);
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(at);
}
