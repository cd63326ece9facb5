import Link from "next/link";
import { countWords } from "@/lib/domain/views/count-words";
import type { BarView } from "@/lib/domain/views/statistics";
import { toneOfStatus } from "@/lib/domain/views/status";
import { statusIcon } from "../status-mark";
import { cn } from "../ui/cn";

/** Counts as horizontal bars: the bar is for the eye, the same figure is beside it. */
export function BarRows({ words, rows }: { words: string; rows: BarView[] }) {
  const highest = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <ul aria-label={words} className="@container">
      {rows.map((row) => (
        <li
          key={row.key}
          className={cn(
            "relative grid min-h-12 grid-cols-[minmax(0,1fr)_auto] content-center items-baseline gap-x-3 gap-y-1.5 border-b border-border px-4 py-2 text-sm last:border-0",
            "@xl:min-h-10 @xl:grid-cols-[168px_minmax(0,1fr)_88px] @xl:items-center",
            row.href && "transition-colors duration-fast hover:bg-hover",
          )}
        >
          <Label row={row} />
          <span className="num text-right whitespace-nowrap @xl:order-last">
            <span className="font-medium">{countWords(row.count)}</span>
            {row.share === null ? null : (
              <span className="ml-2 inline-block min-w-9 text-xs text-subtle-foreground">
                {row.share}
              </span>
            )}
          </span>
          <Bar row={row} part={row.count / highest} />
        </li>
      ))}
    </ul>
  );
}

function Label({ row }: { row: BarView }) {
  const Icon = row.mark ? statusIcon(row.mark) : null;
  const words = (
    <>
      {Icon && row.mark ? (
        <Icon
          aria-hidden
          className={cn(
            `tone-${toneOfStatus[row.mark]}`,
            "size-[15px] self-center text-tone !stroke-2",
          )}
        />
      ) : null}
      {row.label}
    </>
  );
  const line = "flex items-baseline gap-1.5";
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      {row.href ? (
        <Link
          href={row.href}
          className={cn(
            line,
            "outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring",
          )}
        >
          {words}
        </Link>
      ) : (
        <span className={line}>{words}</span>
      )}
      {row.detail ? (
        <span className="num text-xs/[18px] text-muted-foreground">{row.detail}</span>
      ) : null}
    </div>
  );
}

function Bar({ row, part }: { row: BarView; part: number }) {
  return (
    <div aria-hidden className="col-span-2 h-2 rounded-xs bg-muted @xl:col-span-1">
      {row.count > 0 ? (
        <div
          className={cn(
            "h-full min-w-1 rounded-xs",
            row.mark ? `tone-${toneOfStatus[row.mark]} bg-tone` : "bg-[var(--chart-1)]",
          )}
          style={{ width: `${(100 * part).toFixed(1)}%` }}
        />
      ) : null}
    </div>
  );
}
