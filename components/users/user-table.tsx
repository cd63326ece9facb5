import Link from "next/link";
import type { Reader } from "@/lib/domain/views/moment-words";
import { standingMarks, type UserRowView, type UserSort } from "@/lib/domain/views/users";
import { Avatar } from "../avatar";
import { SortHead } from "../lists/sort-head";
import { Moment } from "../relative-time";
import { StatusBadge } from "../status-badge";

const th =
  "sticky top-14 z-10 h-9 border-b border-border bg-card px-3 text-left text-xs font-medium text-subtle-foreground first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4";

/** People as rows that are links; on a phone as cards. */
export function UserTable({
  rows,
  reader,
  sort,
  sortHref,
}: {
  rows: UserRowView[];
  reader: Reader;
  sort: UserSort;
  /** Address of the list in that order. */
  sortHref: (order: string) => string;
}) {
  return (
    <table className="w-full table-fixed text-sm">
      <thead className="max-md:sr-only">
        <tr>
          <SortHead by="name" label="Name" first="asc" {...{ sort, sortHref }} className={th} />
          <th scope="col" className={`${th} w-[260px] max-lg:w-[200px]`}>
            Mails
          </th>
          <SortHead
            by="requests"
            label="Requests"
            first="desc"
            {...{ sort, sortHref }}
            className={`${th} w-[110px] text-right`}
          />
          <SortHead
            by="told"
            label="Last told"
            first="desc"
            {...{ sort, sortHref }}
            className={`${th} w-[130px] text-right`}
          />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.person.userId}
            className="relative h-[60px] border-b border-border transition-colors duration-fast last:border-0 hover:bg-hover max-md:flex max-md:h-auto max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-3"
          >
            <td className="px-3 pl-4 max-md:w-full">
              <div className="flex items-center gap-3">
                <Avatar person={row.person} size={32} />
                <div className="min-w-0">
                  <Link
                    href={`/users/${row.person.userId}`}
                    data-row-link
                    title={row.person.name}
                    className="block truncate text-base font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
                  >
                    {row.person.name}
                  </Link>
                  <div className="truncate text-xs/[18px] text-muted-foreground">
                    {row.email ?? "No mail address"}
                  </div>
                </div>
              </div>
            </td>
            <td className="px-3 max-md:pl-[60px]">
              <StatusBadge {...standingMarks[row.standing]} />
              {row.standing === "some_off" ? (
                <div
                  className="truncate pl-[21px] text-xs/[18px] text-muted-foreground"
                  title={row.kinds}
                >
                  {row.kinds}
                </div>
              ) : null}
            </td>
            <td className="num px-3 text-right text-muted-foreground max-md:hidden">
              {row.requestCount}
            </td>
            <td className="px-3 pr-4 text-right text-muted-foreground max-md:ml-auto max-md:self-start max-md:text-xs/5">
              {row.lastToldAt ? (
                <>
                  <span className="md:hidden">Told </span>
                  <Moment at={row.lastToldAt} reader={reader} />
                </>
              ) : (
                <>
                  Never<span className="md:hidden"> told</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
