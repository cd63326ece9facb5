import Link from "next/link";
import type { InboxRowView } from "@/lib/domain/views/inbox";
import {
  clockTime,
  daysAgo,
  exactMoment,
  type Reader,
  shortDate,
} from "@/lib/domain/views/moment-words";
import { cn } from "../ui/cn";

/** Events as they arrived; every row says what it caused. */
export function InboxList({
  rows,
  reader,
  openId,
  hrefOf,
}: {
  rows: InboxRowView[];
  reader: Reader;
  openId: number | null;
  hrefOf: (row: InboxRowView) => string;
}) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            href={hrefOf(row)}
            scroll={false}
            data-row-link
            aria-current={row.id === openId ? "true" : undefined}
            className={cn(
              "flex min-h-[61px] gap-3 border-b border-border px-4 py-2.5 -outline-offset-2 transition-colors duration-fast hover:bg-hover",
              row.id === openId &&
                "bg-[color-mix(in_oklab,var(--primary)_9%,var(--background))] shadow-[inset_3px_0_0_var(--primary-edge)] hover:bg-[color-mix(in_oklab,var(--primary)_9%,var(--background))]",
            )}
          >
            <time
              dateTime={row.receivedAt.toISOString()}
              title={exactMoment(row.receivedAt, reader.timeZone)}
              className="num w-[42px] shrink-0 text-xs/5 text-subtle-foreground"
            >
              {daysAgo(row.receivedAt, reader) === 0
                ? clockTime(row.receivedAt, reader.timeZone)
                : shortDate(row.receivedAt, reader)}
            </time>
            <span className="min-w-0 flex-1">
              <span className="flex items-baseline gap-1.5">
                <span className="truncate text-sm font-medium">{row.typeWords}</span>
                <span className="text-xs whitespace-nowrap text-subtle-foreground">
                  {row.sourceName}
                </span>
                <span
                  className={cn(
                    "ml-auto max-w-[52%] truncate pl-2 text-xs/5",
                    row.outcome === "handled" ? "text-foreground" : "text-subtle-foreground",
                    row.outcome === "failed" && "font-medium text-danger-text",
                  )}
                  title={row.result}
                >
                  {row.result}
                </span>
              </span>
              <span className="block truncate text-sm text-muted-foreground">
                {row.title ?? " "}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
