import Link from "next/link";
import type { ChangeView, DeedView } from "@/lib/domain/views/activity";
import { byDay } from "@/lib/domain/views/by-day";
import {
  clockTime,
  dayHead,
  dayKey,
  exactMoment,
  type Reader,
} from "@/lib/domain/views/moment-words";
import { personView } from "@/lib/domain/views/person";
import { Avatar } from "../avatar";

/** Who did what, from where, and what was changed, by day. */
export function DeedList({ deeds, reader }: { deeds: DeedView[]; reader: Reader }) {
  return byDay(deeds, ({ at }) => dayKey(at, reader.timeZone)).map(({ day, first, items }) => (
    <section key={day} className="group/day" aria-label={dayHead(first.at, reader)}>
      <h2 className="border-b border-border bg-[color-mix(in_oklab,var(--muted)_45%,var(--card))] px-4 py-1.5 text-xs/5 font-medium text-muted-foreground">
        {dayHead(first.at, reader)}
      </h2>
      <ol>
        {items.map((deed) => (
          <Deed key={deed.id} deed={deed} reader={reader} />
        ))}
      </ol>
    </section>
  ));
}

function Deed({ deed, reader }: { deed: DeedView; reader: Reader }) {
  return (
    <li className="grid grid-cols-[48px_24px_minmax(0,1fr)_auto] gap-x-3 border-b border-border px-4 py-2.5 text-sm group-last/day:last:border-0 max-md:grid-cols-[42px_minmax(0,1fr)]">
      <time
        dateTime={deed.at.toISOString()}
        title={exactMoment(deed.at, reader.timeZone)}
        className="num pt-0.5 text-xs/5 text-subtle-foreground"
      >
        {clockTime(deed.at, reader.timeZone)}
      </time>
      <Avatar person={personView(null, deed.actor)} className="max-md:hidden" />
      <div className="min-w-0 pt-0.5">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-medium">{deed.actor}</span>
          <span className="text-muted-foreground">: </span>
          {deed.action}
          {deed.subject ? (
            <span className="text-muted-foreground [overflow-wrap:anywhere]">
              {" "}
              · {deed.subject}
            </span>
          ) : null}
        </p>
        {deed.changes.length > 0 ? (
          <dl className="mt-1 grid gap-0.5">
            {deed.changes.map((change) => (
              <Change key={change.name} change={change} />
            ))}
          </dl>
        ) : null}
        <p className="flex flex-wrap gap-x-2 text-xs/[18px] text-subtle-foreground">
          {deed.address ? <span className="num">from {deed.address}</span> : null}
          {deed.places.map(({ label, href }) => (
            <Link key={href} href={href} className="text-primary-text hover:underline">
              {label}
            </Link>
          ))}
        </p>
      </div>
      <span className="pt-0.5 text-xs/5 whitespace-nowrap text-subtle-foreground max-md:col-start-2">
        {deed.areaName}
      </span>
    </li>
  );
}

/** Old and new value, in words a reader hears too. */
function Change({ change: { name, from, to } }: { change: ChangeView }) {
  return (
    <div className="flex flex-wrap gap-x-2 text-xs/[18px] text-muted-foreground">
      <dt className="mono text-subtle-foreground">{name}</dt>
      <dd className="mono min-w-0 break-all">
        {from === null ? null : (
          <>
            <span className="sr-only">was </span>
            <del className="decoration-border-strong">{from}</del>
            {to === null ? null : <span aria-hidden> → </span>}
          </>
        )}
        {to === null ? (
          <span className="sr-only">, gone now</span>
        ) : (
          <>
            {from === null ? null : <span className="sr-only">, now </span>}
            <ins className="text-foreground no-underline">{to}</ins>
          </>
        )}
      </dd>
    </div>
  );
}
