import Link from "next/link";
import { listWords } from "@/lib/domain/views/count-words";
import { type Reader, sentenceMoment } from "@/lib/domain/views/moment-words";
import type { OnItsWayView } from "@/lib/domain/views/overview";
import { firstName } from "@/lib/domain/views/person";
import { Poster } from "../poster";
import { Ring } from "../ring";

/** Mails that gather or wait, with the countdown to their next moment. */
export function OnItsWay({ items, reader }: { items: OnItsWayView[]; reader: Reader }) {
  return (
    <ul>
      {items.map((item) => {
        const who = listWords([...new Set(item.people.map((person) => firstName(person.name)))]);
        return (
          <li key={item.key} className="border-b border-border last:border-0">
            <Link
              href={item.href}
              className="flex items-center gap-3.5 px-4 py-3 transition-colors duration-fast hover:bg-hover"
            >
              <Poster size="list" path={item.posterPath} title={item.title} />
              <span className="min-w-0 flex-1">
                <span dir="auto" className="block truncate font-medium" title={item.title}>
                  {item.title}
                </span>
                <span className="block truncate text-sm text-muted-foreground">
                  {item.what} · {who}
                </span>
                <span className="block truncate text-xs text-subtle-foreground">{item.why}</span>
                <span className="sr-only">, {sentenceMoment(item.leavesAt, reader)}</span>
              </span>
              <Ring
                from={item.startedAt.getTime()}
                until={item.leavesAt.getTime()}
                now={reader.now.getTime()}
              />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
