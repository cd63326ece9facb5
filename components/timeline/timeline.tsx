import Link from "next/link";
import type { ReactNode } from "react";
import {
  clockTime,
  dayHead,
  dayKey,
  daysAgo,
  exactMoment,
  type Reader,
  sentenceMoment,
  shortDate,
} from "@/lib/domain/views/moment-words";
import { firstName } from "@/lib/domain/views/person";
import {
  foldTimeline,
  type TimelineFoldView,
  type TimelineFutureView,
  type TimelineRowView,
  type TimelineView,
  type TimelineWaitView,
} from "@/lib/domain/views/timeline";
import { Avatar } from "../avatar";
import { Ring } from "../ring";
import { TimelineNode } from "./timeline-node";
import { WindowBar } from "./window-bar";

type Folded = TimelineRowView | TimelineFoldView;

/** Next, now, past: the signature of the product. Newest on top. */
export function Timeline({ view, reader }: { view: TimelineView; reader: Reader }) {
  const sameDay = (a: Date, b: Date) => dayKey(a, reader.timeZone) === dayKey(b, reader.timeZone);
  const days = groupByDay(foldTimeline(view.past, sameDay), reader);
  const lastId = days.at(-1)?.rows.at(-1)?.id;
  return (
    <div className="tl">
      <ol>
        {view.next.map((future) => (
          <FutureRow key={`${future.lead}${future.words}`} future={future} reader={reader} />
        ))}
        {view.wait ? (
          <WaitRow wait={view.wait} reader={reader} isLast={days.length === 0} />
        ) : (
          <li className="tl-row" data-zone="now" data-last={days.length === 0}>
            <span className="tl-time font-semibold !text-foreground">Now</span>
            <TimelineNode kind="future" code="idle" />
            <div className="pt-0.5 text-base/5 text-muted-foreground">{view.idleLine}</div>
          </li>
        )}
      </ol>
      {days.map((day) => (
        <section key={day.key} aria-label={day.head}>
          <div className="tl-day">{day.head}</div>
          <ol>
            {day.rows.map((row) => (
              <PastRow
                key={row.id}
                row={row}
                reader={reader}
                isLast={row.id === lastId && view.older === 0}
                withDate={day.key === "earlier"}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** Older than this many days, rows gather under "Earlier" with their date in the time column. */
const EARLIER_FROM_DAYS = 14;

function groupByDay(rows: Folded[], reader: Reader) {
  const days: { key: string; head: string; rows: Folded[] }[] = [];
  for (const row of rows) {
    const at = "rows" in row ? row.to : row.at;
    const earlier = daysAgo(at, reader) >= EARLIER_FROM_DAYS;
    const key = earlier ? "earlier" : dayKey(at, reader.timeZone);
    const last = days.at(-1);
    if (last?.key === key) last.rows.push(row);
    else days.push({ key, head: earlier ? "Earlier" : dayHead(at, reader), rows: [row] });
  }
  return days;
}

function Time({ at, reader, withDate = false }: { at: Date; reader: Reader; withDate?: boolean }) {
  return (
    <time dateTime={at.toISOString()} title={exactMoment(at, reader.timeZone)} className="tl-time">
      {withDate ? shortDate(at, reader) : clockTime(at, reader.timeZone)}
    </time>
  );
}

function FutureRow({ future, reader }: { future: TimelineFutureView; reader: Reader }) {
  return (
    <li className="tl-row" data-zone="next">
      {future.at ? (
        <Time at={future.at} reader={reader} withDate={daysAgo(future.at, reader) !== 0} />
      ) : (
        <span className="tl-time">Then</span>
      )}
      <TimelineNode kind="future" code="future" />
      <div className="min-w-0 pt-0.5">
        <div className="text-pretty text-base/5">
          <b className="font-semibold">{future.lead}</b>{" "}
          {future.href ? (
            <Link
              href={future.href}
              className="underline decoration-border-strong underline-offset-2 hover:decoration-current"
            >
              {future.words}
            </Link>
          ) : (
            future.words
          )}
        </div>
        {future.fallback ? (
          <div className="mt-0.5 text-pretty text-sm text-muted-foreground">{future.fallback}</div>
        ) : null}
      </div>
    </li>
  );
}

function WaitRow({
  wait,
  reader,
  isLast,
}: {
  wait: TimelineWaitView;
  reader: Reader;
  isLast: boolean;
}) {
  return (
    <li className="tl-row" data-zone="now" data-last={isLast}>
      <span className="tl-time font-semibold !text-primary-text">Now</span>
      <TimelineNode kind="wait" code="wait" />
      <div className="min-w-0 pt-0.5">
        <div className="wait-card">
          <div className="flex items-start gap-3.5">
            <div className="min-w-0 flex-1">
              <div className="text-pretty text-base/5 font-semibold">{wait.headline}</div>
              <div className="mt-0.5 text-pretty text-sm text-muted-foreground">{wait.detail}</div>
              {wait.until && !wait.window ? (
                <div className="num mt-0.5 text-sm text-muted-foreground">
                  Until {sentenceMoment(wait.until, reader)} at the latest.
                </div>
              ) : null}
            </div>
            {wait.until ? (
              <Ring
                size={48}
                from={wait.startedAt.getTime()}
                until={wait.until.getTime()}
                now={reader.now.getTime()}
              />
            ) : null}
          </div>
          {wait.window ? (
            <WindowBar
              openedAt={wait.window.openedAt.getTime()}
              dueAt={wait.window.dueAt.getTime()}
              closesAt={wait.window.closesAt.getTime()}
              ticks={wait.window.ticks.map((tick) => ({
                at: tick.at.getTime(),
                label: tick.label,
              }))}
              now={reader.now.getTime()}
              timeZone={reader.timeZone}
            />
          ) : null}
        </div>
      </div>
    </li>
  );
}

function PastRow({
  row,
  reader,
  isLast,
  withDate,
}: {
  row: Folded;
  reader: Reader;
  isLast: boolean;
  withDate: boolean;
}) {
  if ("rows" in row)
    return <FoldRow fold={row} reader={reader} isLast={isLast} withDate={withDate} />;
  return (
    <li className="tl-row row-enter" data-zone="past" data-last={isLast}>
      <Time at={row.at} reader={reader} withDate={withDate} />
      <TimelineNode kind={pastKind(row.kind)} code={row.code} />
      <RowBody row={row} />
    </li>
  );
}

/** Amber is for what is waited for now; a wait that is over is a fact. */
function pastKind(kind: TimelineRowView["kind"]) {
  return kind === "wait" ? "fact" : kind;
}

function RowBody({ row }: { row: TimelineRowView }) {
  const body = (
    <>
      <div className="flex items-baseline gap-2.5 max-md:block">
        <div className="min-w-0 flex-1 text-pretty break-words text-base/5">
          <Sentence row={row} />
        </div>
        <span className="whitespace-nowrap text-xs text-subtle-foreground max-md:block max-md:leading-[18px]">
          {row.source}
        </span>
      </div>
      {row.reason ? (
        <div className="mt-0.5 text-pretty break-words text-sm text-muted-foreground">
          {row.reason}
        </div>
      ) : null}
      {row.people.length > 1 ? (
        <div className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1.5 text-sm">
          {row.people.map((person) => (
            <span key={person.userId ?? person.name} className="inline-flex items-center gap-1.5">
              <Avatar person={person} />
              {firstName(person.name)}
            </span>
          ))}
        </div>
      ) : null}
    </>
  );
  return row.href ? (
    <Link href={row.href} className="tl-link min-w-0 pt-0.5">
      {body}
    </Link>
  ) : (
    <div className="min-w-0 pt-0.5">{body}</div>
  );
}

/** Decisions are bold; told and not told are bold up to the colon. */
function Sentence({ row }: { row: TimelineRowView }): ReactNode {
  switch (row.kind) {
    case "decision":
    case "trouble":
      return <b className="font-semibold">{row.words}</b>;
    case "told":
    case "not_told": {
      const colon = row.words.indexOf(":");
      if (colon < 0) return <b className="font-semibold">{row.words}</b>;
      return (
        <>
          <b className="font-semibold">{row.words.slice(0, colon + 1)}</b>
          {row.words.slice(colon + 1)}
        </>
      );
    }
    case "fact":
    case "wait":
      return row.words;
    default: {
      const unknown: never = row.kind;
      return unknown;
    }
  }
}

function FoldRow({
  fold,
  reader,
  isLast,
  withDate,
}: {
  fold: TimelineFoldView;
  reader: Reader;
  isLast: boolean;
  withDate: boolean;
}) {
  const from = clockTime(fold.from, reader.timeZone);
  const to = clockTime(fold.to, reader.timeZone);
  return (
    <li className="tl-row" data-zone="past" data-last={isLast}>
      <Time at={fold.to} reader={reader} withDate={withDate} />
      <TimelineNode kind={pastKind(fold.kind)} code={fold.code} />
      <details className="group/fold min-w-0 pt-0.5">
        <summary className="flex list-none items-baseline gap-2.5 rounded-sm text-base/5 hover:text-foreground max-md:block">
          <span className="min-w-0 flex-1">
            {fold.words}
            <span className="num text-muted-foreground">
              , {from === to ? to : `${from}–${to}`}
            </span>
            <span className="ml-2 text-sm font-medium text-primary-text group-open/fold:hidden">
              Show
            </span>
            <span className="ml-2 hidden text-sm font-medium text-primary-text group-open/fold:inline">
              Fold
            </span>
          </span>
          <span className="whitespace-nowrap text-xs text-subtle-foreground max-md:block">
            {fold.source}
          </span>
        </summary>
        <ul className="mt-1.5 flex flex-col gap-1 border-l border-border pl-3">
          {fold.rows.map((row) => (
            <li key={row.id} className="flex gap-3 text-sm text-muted-foreground">
              <span className="num shrink-0 text-xs/5 text-subtle-foreground">
                {clockTime(row.at, reader.timeZone)}
              </span>
              {row.href ? (
                <Link href={row.href} className="min-w-0 break-words hover:text-foreground">
                  {row.words}
                </Link>
              ) : (
                <span className="min-w-0 break-words">{row.words}</span>
              )}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
