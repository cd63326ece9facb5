import { Mail, Mails } from "lucide-react";
import Link from "next/link";
import { plural } from "@/lib/domain/views/count-words";
import type { Reader } from "@/lib/domain/views/moment-words";
import type { HeldSummaryView, NotificationRowView } from "@/lib/domain/views/notifications";
import { wordOfNotificationStatus } from "@/lib/domain/views/status";
import { Poster } from "../poster";
import { Moment } from "../relative-time";
import { Countdown } from "../ring";
import { StatusBadge } from "../status-badge";
import { cn } from "../ui/cn";
import { MailCheckbox } from "./mail-selection";

const th =
  "sticky top-14 z-10 h-9 border-b border-border bg-card px-3 text-left text-xs font-medium text-subtle-foreground first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4";

const rowClass =
  "relative h-12 border-b border-border transition-colors duration-fast last:border-0 hover:bg-hover max-md:grid max-md:h-auto max-md:grid-cols-[minmax(0,1fr)_auto] max-md:py-2.5";
const linkClass =
  "block truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring max-md:line-clamp-2 max-md:whitespace-normal";

/** Mails, 48 high; the whole row opens the drawer. */
export function NotificationTable({
  rows,
  held,
  reader,
  openId,
  hrefOf,
  isSelectable = false,
}: {
  rows: NotificationRowView[];
  /** Mails on hold are one row that opens their review. */
  held: HeldSummaryView | null;
  reader: Reader;
  openId: number | null;
  hrefOf: (row: NotificationRowView) => string;
  /** With boxes, for a `MailSelection` around it. */
  isSelectable?: boolean;
}) {
  return (
    <table className="w-full table-fixed text-sm">
      <thead className="max-md:sr-only">
        <tr>
          {isSelectable ? (
            <th scope="col" className={`${th} w-11 pr-0`}>
              <span className="sr-only">Select</span>
            </th>
          ) : null}
          <th scope="col" className={`${th} w-[122px]`}>
            State
          </th>
          <th scope="col" className={th}>
            Mail
          </th>
          <th scope="col" className={`${th} w-[112px] text-right`}>
            When
          </th>
        </tr>
      </thead>
      <tbody>
        {held ? <HeldRow held={held} reader={reader} isSelectable={isSelectable} /> : null}
        {rows.map((row) => (
          <tr
            key={row.id}
            className={cn(
              rowClass,
              row.id === openId && "bg-[color-mix(in_oklab,var(--primary)_8%,var(--card))]",
            )}
          >
            {isSelectable ? (
              <td className="pl-4 max-md:hidden">
                <MailCheckbox id={row.id} name={`“${row.subject}” to ${row.recipient}`} />
              </td>
            ) : null}
            <td className="px-3 md:first:pl-4 max-md:order-2 max-md:col-span-2 max-md:pt-1.5 max-md:pl-12">
              <StatusBadge kind={row.status} word={wordOfNotificationStatus[row.status]} />
            </td>
            <td className="px-3 max-md:order-1 max-md:pl-3">
              <div className="flex items-center gap-2.5 max-md:items-start">
                {row.posterPath ? (
                  <Poster size="dense" path={row.posterPath} title={row.subject} />
                ) : (
                  <span className="grid h-[39px] w-[26px] shrink-0 place-items-center text-muted-foreground">
                    <Mail aria-hidden className="size-4" />
                  </span>
                )}
                <div className="min-w-0 leading-[18px]">
                  <Link
                    href={hrefOf(row)}
                    scroll={false}
                    title={row.subject}
                    data-row-link
                    aria-current={row.id === openId ? "true" : undefined}
                    className={linkClass}
                  >
                    {row.subject}
                  </Link>
                  <div className="truncate text-xs text-muted-foreground" title={row.recipient}>
                    {row.recipient}
                  </div>
                </div>
              </div>
            </td>
            <td className="px-3 pr-4 text-right whitespace-nowrap text-muted-foreground max-md:order-1 max-md:text-xs">
              <When row={row} reader={reader} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function HeldRow({
  held,
  reader,
  isSelectable,
}: {
  held: HeldSummaryView;
  reader: Reader;
  isSelectable: boolean;
}) {
  const why = held.reason ?? `For ${plural(held.people, "person", "people")}`;
  return (
    <tr className={rowClass}>
      {isSelectable ? <td className="max-md:hidden" /> : null}
      <td className="px-3 md:first:pl-4 max-md:order-2 max-md:col-span-2 max-md:pt-1.5 max-md:pl-12">
        <StatusBadge kind="held" word={wordOfNotificationStatus.held} />
      </td>
      <td className="px-3 max-md:order-1 max-md:pl-3">
        <div className="flex items-center gap-2.5 max-md:items-start">
          <span className="grid h-[39px] w-[26px] shrink-0 place-items-center text-muted-foreground">
            <Mails aria-hidden className="size-4" />
          </span>
          <div className="min-w-0 leading-[18px]">
            <Link href="/notifications/held" data-row-link className={linkClass}>
              Review {plural(held.count, "mail")} on hold
            </Link>
            <div className="truncate text-xs text-muted-foreground" title={why}>
              {why}
            </div>
          </div>
        </div>
      </td>
      <td className="px-3 pr-4 text-right whitespace-nowrap text-muted-foreground max-md:order-1 max-md:text-xs">
        <Moment at={held.since} reader={reader} />
      </td>
    </tr>
  );
}

function When({ row, reader }: { row: NotificationRowView; reader: Reader }) {
  if (row.status === "sending") return "now";
  const leaves = row.status === "scheduled" || row.status === "retrying";
  const soon = leaves && row.at.getTime() - reader.now.getTime() < 6 * 3_600_000;
  return soon ? (
    <Countdown until={row.at.getTime()} now={reader.now.getTime()} />
  ) : (
    <Moment at={row.at} reader={reader} />
  );
}
