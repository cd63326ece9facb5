import Link from "next/link";
import { plural } from "@/lib/domain/views/count-words";
import type { Reader } from "@/lib/domain/views/moment-words";
import { comingDayHead, type UpcomingEntryView } from "@/lib/domain/views/upcoming";

/** The next things somebody waits for: the day, the title, how many wait. */
export function NextUp({ entries, reader }: { entries: UpcomingEntryView[]; reader: Reader }) {
  return (
    <ul className="py-1.5">
      {entries.map((entry) => (
        <li key={entry.key}>
          <Link
            href={`/requests/${entry.requestId}`}
            className="flex items-baseline gap-3 px-4 py-[7px] text-sm transition max-md:py-3-colors duration-fast hover:bg-hover"
          >
            <span className="num w-[72px] shrink-0 text-muted-foreground">
              {dayWords(entry.day, reader)}
            </span>
            <span className="min-w-0 flex-1 truncate" title={`${entry.title}, ${entry.what}`}>
              <bdi className="font-medium">{entry.title}</bdi>{" "}
              <span className="text-muted-foreground">{entry.code}</span>
            </span>
            <span className="num shrink-0 text-xs text-subtle-foreground">
              {plural(entry.peopleCount, "waits", "wait")}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** `Today`, `Tomorrow`, `Fri 27`. */
function dayWords(day: string, reader: Reader): string {
  const head = comingDayHead(day, reader);
  if (!head.includes(" ")) return head;
  const [weekday = "", date = ""] = head.split(" ");
  return `${weekday.slice(0, 3)} ${date}`;
}
