import Link from "next/link";
import type { ReactNode } from "react";
import type { Reader } from "@/lib/domain/views/moment-words";
import { groupName } from "@/lib/domain/views/person";
import type { RequestRowView, RequestSortView } from "@/lib/domain/views/requests";
import { AvatarStack } from "../avatar";
import { SortHead } from "../lists/sort-head";
import { Poster } from "../poster";
import { Moment } from "../relative-time";
import { StatusBadge } from "../status-badge";
import { Tag } from "../ui/tag";

const th =
  "sticky top-14 z-10 h-9 border-b border-border bg-card px-3 text-left text-xs font-medium whitespace-nowrap text-subtle-foreground first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4";

/** Requests as rows that are links; on a phone as cards. */
export function RequestTable({
  rows,
  reader,
  sort,
  sortHref,
  rowActions,
}: {
  rows: RequestRowView[];
  reader: Reader;
  sort: RequestSortView;
  /** Address of the list in that order. */
  sortHref: (order: string) => string;
  rowActions: (row: RequestRowView) => ReactNode;
}) {
  return (
    <>
      <table className="w-full table-fixed text-sm max-md:hidden">
        <thead>
          <tr>
            <SortHead by="title" label="Title" first="asc" {...{ sort, sortHref }} className={th} />
            <th scope="col" className={`${th} w-[200px] max-xl:w-[92px]`}>
              For
            </th>
            <th scope="col" className={`${th} w-[250px] max-xl:w-[184px]`}>
              State
            </th>
            <th scope="col" className={`${th} w-[90px] text-right max-xl:w-[84px]`}>
              Told
            </th>
            <SortHead
              by="asked"
              label="Asked"
              first="desc"
              {...{ sort, sortHref }}
              className={`${th} w-[110px] text-right max-[1359px]:hidden`}
            />
            <SortHead
              by="news"
              label="Last news"
              first="desc"
              {...{ sort, sortHref }}
              className={`${th} w-[130px] text-right max-xl:w-[108px]`}
            />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              className="group/row relative h-[60px] border-b border-border transition-colors duration-fast last:border-0 hover:bg-hover has-focus-visible:bg-hover"
            >
              <td className="pr-3 pl-4">
                <div className="flex items-center gap-3">
                  <Poster size="table" path={row.posterPath} title={row.title} />
                  <div className="min-w-0">
                    <div className="flex items-center gap-2">
                      <RowLink row={row} />
                      {row.isFourK ? <Tag>4K</Tag> : null}
                    </div>
                    <div className="num truncate text-xs/[18px] text-muted-foreground">
                      {context(row)}
                    </div>
                  </div>
                </div>
              </td>
              <td className="px-3">
                <span className="flex items-center gap-2">
                  <AvatarStack people={row.people} />
                  <span
                    className="truncate text-muted-foreground max-xl:sr-only"
                    title={groupName(row.people, row.peopleCount)}
                  >
                    {groupName(row.people, row.peopleCount)}
                  </span>
                </span>
              </td>
              <td className="px-3">
                <State row={row} />
              </td>
              <td className="num px-3 text-right whitespace-nowrap text-muted-foreground group-hover/row:invisible group-focus-within/row:invisible">
                {toldWords(row)}
              </td>
              <td className="px-3 text-right whitespace-nowrap text-muted-foreground max-[1359px]:hidden group-hover/row:invisible group-focus-within/row:invisible">
                <Moment at={row.requestedAt} reader={reader} />
              </td>
              <td className="px-3 pr-4 text-right whitespace-nowrap text-muted-foreground">
                <span className="group-hover/row:invisible group-focus-within/row:invisible">
                  <Moment at={row.lastNewsAt} reader={reader} />
                </span>
                <span className="absolute inset-y-0 right-4 flex items-center gap-1.5 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100">
                  {rowActions(row)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="md:hidden">
        {rows.map((row) => (
          <li
            key={row.id}
            className="relative flex gap-3 border-b border-border px-3 py-3 last:border-0"
          >
            <Poster size="list" path={row.posterPath} title={row.title} />
            <div className="min-w-0 flex-1">
              <div className="flex items-start gap-2">
                <Link
                  href={`/requests/${row.id}`}
                  dir="auto"
                  className="line-clamp-2 font-medium after:absolute after:inset-0"
                >
                  {row.title}
                </Link>
                {row.isFourK ? <Tag>4K</Tag> : null}
                <span className="num ml-auto shrink-0 text-xs/[22px] text-subtle-foreground">
                  <Moment at={row.lastNewsAt} reader={reader} />
                </span>
              </div>
              <div className="truncate text-xs/[18px] text-muted-foreground">
                {context(row)} · {groupName(row.people, row.peopleCount)}
              </div>
              <div className="mt-1.5">
                <State row={row} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function RowLink({ row }: { row: RequestRowView }) {
  return (
    <Link
      href={`/requests/${row.id}`}
      title={row.title}
      dir="auto"
      data-row-link
      className="truncate text-base font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
    >
      {row.title}
    </Link>
  );
}

function State({ row }: { row: RequestRowView }) {
  return (
    <>
      <StatusBadge strong kind={row.state.kind} word={row.state.word} />
      {row.state.detail ? (
        <div
          className="num truncate pl-[21px] text-xs/[18px] text-muted-foreground"
          title={row.state.detail}
        >
          {row.state.detail}
        </div>
      ) : null}
    </>
  );
}

function context(row: RequestRowView): string {
  return [row.year, row.seasonsLabel].filter(Boolean).join(" · ");
}

function toldWords(row: RequestRowView): string {
  return row.told.total === 0 ? "0" : `${row.told.done} of ${row.told.total}`;
}
