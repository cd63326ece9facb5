import Link from "next/link";
import type { IssueRowView } from "@/lib/domain/views/issues";
import type { Reader } from "@/lib/domain/views/moment-words";
import { Avatar } from "../avatar";
import { Poster } from "../poster";
import { Moment } from "../relative-time";
import { StatusBadge } from "../status-badge";
import { Tag } from "../ui/tag";

const th =
  "sticky top-14 z-10 h-9 border-b border-border bg-card px-3 text-left text-xs font-medium whitespace-nowrap text-subtle-foreground first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4";

/** Reported problems as rows that are links; on a phone as cards. */
export function IssueTable({ rows, reader }: { rows: IssueRowView[]; reader: Reader }) {
  return (
    <>
      <table className="w-full table-fixed text-sm max-md:hidden">
        <thead>
          <tr>
            <th scope="col" className={th}>
              Title
            </th>
            <th scope="col" className={`${th} w-[32%] max-xl:w-[26%]`}>
              Problem
            </th>
            <th scope="col" className={`${th} w-[150px] max-xl:w-[64px]`}>
              <span className="max-xl:sr-only">Reported by</span>
            </th>
            <th scope="col" className={`${th} w-[220px] max-xl:w-[156px]`}>
              State
            </th>
            <th scope="col" className={`${th} w-[110px] text-right max-xl:w-[88px]`}>
              Last news
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              className="relative h-[60px] border-b border-border transition-colors duration-fast last:border-0 hover:bg-hover has-focus-visible:bg-hover"
            >
              <td className="pr-3 pl-4">
                <div className="flex items-center gap-3">
                  <Poster size="table" path={row.posterPath} title={row.title} />
                  <div className="min-w-0">
                    <div className="flex items-center gap-2">
                      <Link
                        href={`/issues/${row.id}`}
                        title={row.title}
                        dir="auto"
                        data-row-link
                        className="truncate text-base font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
                      >
                        {row.title}
                      </Link>
                      {row.isFourK ? <Tag>4K</Tag> : null}
                    </div>
                    <div
                      className="num truncate text-xs/[18px] text-muted-foreground"
                      title={row.about}
                    >
                      {row.year ? <span className="max-xl:hidden">{row.year} · </span> : null}
                      {row.about}
                    </div>
                  </div>
                </div>
              </td>
              <td className="px-3">
                <div className="font-medium">{row.problem}</div>
                {row.message ? (
                  <div
                    dir="auto"
                    title={row.message}
                    className="truncate text-xs/[18px] text-muted-foreground"
                  >
                    {row.message}
                  </div>
                ) : null}
              </td>
              <td className="px-3">
                <span className="flex items-center gap-2">
                  <Avatar person={row.reporter} />
                  <span className="truncate text-muted-foreground max-xl:sr-only">
                    {row.reporter.name}
                  </span>
                </span>
              </td>
              <td className="px-3">
                <State row={row} />
              </td>
              <td className="px-3 pr-4 text-right whitespace-nowrap text-muted-foreground">
                <Moment at={row.lastNewsAt} reader={reader} />
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
                  href={`/issues/${row.id}`}
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
                {row.about} · {row.problem} · {row.reporter.name}
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

function State({ row }: { row: IssueRowView }) {
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
