import Link from "next/link";
import { byDay } from "@/lib/domain/views/by-day";
import { clockTime, exactMoment, type Reader } from "@/lib/domain/views/moment-words";
import { groupName } from "@/lib/domain/views/person";
import { comingDayHead, type UpcomingEntryView } from "@/lib/domain/views/upcoming";
import { AvatarStack } from "../avatar";
import { Poster } from "../poster";
import { StatusBadge } from "../status-badge";
import { Tag } from "../ui/tag";

/** What comes, by day. */
export function UpcomingList({
  entries,
  reader,
}: {
  entries: UpcomingEntryView[];
  reader: Reader;
}) {
  return byDay(entries, ({ day }) => day).map(({ day, items }) => (
    <section key={day} aria-label={comingDayHead(day, reader)}>
      <h2 className="border-b border-border bg-[color-mix(in_oklab,var(--muted)_45%,var(--card))] px-4 py-1.5 text-xs/5 font-medium text-muted-foreground">
        {comingDayHead(day, reader)}
      </h2>
      <ol>
        {items.map((entry) => (
          <li
            key={entry.key}
            className="group/row relative grid min-h-[60px] grid-cols-[56px_32px_minmax(0,1fr)_160px_180px] items-center gap-x-3 border-b border-border px-4 py-1.5 text-sm transition-colors duration-fast hover:bg-hover max-lg:grid-cols-[48px_32px_minmax(0,1fr)_auto]"
          >
            {entry.release === "air" ? (
              <time
                dateTime={entry.at.toISOString()}
                title={exactMoment(entry.at, reader.timeZone)}
                className="num text-xs/5 text-subtle-foreground"
              >
                {clockTime(entry.at, reader.timeZone)}
              </time>
            ) : (
              <span className="text-xs/5 text-subtle-foreground">All day</span>
            )}
            <Poster size="table" path={entry.posterPath} title={entry.title} />
            <div className="min-w-0">
              <div className="flex items-center gap-2">
                <Link
                  href={`/requests/${entry.requestId}`}
                  data-row-link
                  title={entry.title}
                  dir="auto"
                  className="truncate text-base font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring max-md:line-clamp-2 max-md:whitespace-normal"
                >
                  {entry.title}
                </Link>
                {entry.isFourK ? <Tag>4K</Tag> : null}
              </div>
              <div className="truncate text-xs/[18px] text-muted-foreground" title={entry.what}>
                {entry.what}
              </div>
              <div className="mt-0.5 lg:hidden">
                <StatusBadge {...entry.status} />
              </div>
            </div>
            <div className="max-lg:hidden">
              <StatusBadge {...entry.status} />
            </div>
            <div className="flex min-w-0 items-center gap-2 text-muted-foreground">
              <AvatarStack people={entry.people} />
              <span className="truncate max-md:sr-only">
                {groupName(entry.people, entry.peopleCount)}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </section>
  ));
}
