import Link from "next/link";
import type { RunRowView } from "@/lib/domain/views/activity";
import { byDay } from "@/lib/domain/views/by-day";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import {
  clockTime,
  dayHead,
  dayKey,
  durationWords,
  exactMoment,
  type Reader,
} from "@/lib/domain/views/moment-words";
import { toneOfStatus } from "@/lib/domain/views/status";
import { statusIcon } from "../status-mark";

/** What BingeAlert did by itself, by day. */
export function RunList({ runs, reader }: { runs: RunRowView[]; reader: Reader }) {
  return byDay(runs, ({ startedAt }) => dayKey(startedAt, reader.timeZone)).map(
    ({ day, first, items }) => (
      <section key={day} className="group/day" aria-label={dayHead(first.startedAt, reader)}>
        <h2 className="border-b border-border bg-[color-mix(in_oklab,var(--muted)_45%,var(--card))] px-4 py-1.5 text-xs/5 font-medium text-muted-foreground">
          {dayHead(first.startedAt, reader)}
        </h2>
        <ol>
          {items.map((run) => (
            <li
              key={run.runId}
              className="relative grid grid-cols-[48px_16px_minmax(0,1fr)_auto] gap-x-3 border-b border-border px-4 py-2.5 text-sm group-last/day:last:border-0 transition-colors duration-fast hover:bg-hover max-md:grid-cols-[42px_16px_minmax(0,1fr)]"
            >
              <time
                dateTime={run.startedAt.toISOString()}
                title={exactMoment(run.startedAt, reader.timeZone)}
                className="num text-xs/5 text-subtle-foreground"
              >
                {clockTime(run.startedAt, reader.timeZone)}
              </time>
              <Mark kind={run.status} />
              <div className="min-w-0">
                <p className="break-words">
                  <Link
                    href={`/runs/${run.runId}`}
                    data-row-link
                    className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
                  >
                    {run.title}
                  </Link>
                  <span className="text-muted-foreground">: {run.words}</span>
                </p>
                {run.error ? (
                  <p className="text-xs/[18px] break-words text-muted-foreground">
                    {fullSentence(run.error)}
                  </p>
                ) : null}
              </div>
              <span className="num text-xs/5 whitespace-nowrap text-subtle-foreground max-md:col-start-3">
                {run.because}
                {run.tookMs === null ? null : `, ${durationWords(run.tookMs)}`}
              </span>
            </li>
          ))}
        </ol>
      </section>
    ),
  );
}

function Mark({ kind }: { kind: RunRowView["status"] }) {
  const Icon = statusIcon(kind);
  return (
    <span className={`tone-${toneOfStatus[kind]} pt-0.5`}>
      <Icon aria-hidden className="size-4 text-tone !stroke-2" />
    </span>
  );
}
