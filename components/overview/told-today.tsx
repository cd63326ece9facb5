import Link from "next/link";
import { clockTime, type Reader } from "@/lib/domain/views/moment-words";
import type { ToldTodayView } from "@/lib/domain/views/overview";
import { Poster } from "../poster";

/** Today's news as a wall of posters; on a phone they scroll sideways. */
export function ToldToday({ items, reader }: { items: ToldTodayView[]; reader: Reader }) {
  return (
    <ul className="grid grid-cols-8 gap-3.5 p-4 pt-3.5 max-md:flex max-md:snap-x max-md:scroll-px-4 max-md:overflow-x-auto max-md:[scrollbar-width:none]">
      {items.map((item) => (
        <li
          key={item.key}
          className="relative min-w-0 max-md:w-[92px] max-md:shrink-0 max-md:snap-start"
        >
          <Link href={item.href} title={item.title} className="group block rounded-sm">
            <Poster
              size="wall"
              path={item.posterPath}
              title={item.title}
              className="transition-transform duration-fast group-hover:-translate-y-0.5"
            />
            <span className="sr-only">{item.title}: </span>
            <span dir="auto" className="mt-2 block truncate text-xs font-medium">
              {item.names}
            </span>
            <span className="num block truncate text-xs text-subtle-foreground">
              {clockTime(item.at, reader.timeZone)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
