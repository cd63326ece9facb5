import type { Metadata } from "next";
import Link from "next/link";
import { type Query, withQuery } from "@/components/address";
import { Avatar } from "@/components/avatar";
import { EmptyState } from "@/components/empty-state";
import { KeysetPager } from "@/components/keyset-pager";
import { Moment } from "@/components/relative-time";
import { Page } from "@/components/shell/page";
import { StatusBadge } from "@/components/status-badge";
import { TextFilter } from "@/components/text-filter";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { plural } from "@/lib/domain/views/count-words";
import { loadUserList, type UserRowView } from "@/lib/web/loaders/users";
import { currentReader } from "@/lib/web/viewer";

export const metadata: Metadata = { title: "Users" };

const th =
  "sticky top-14 z-10 h-9 border-b border-border bg-card px-3 text-left text-xs font-medium text-subtle-foreground first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4";

export default async function UsersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [list, reader] = await Promise.all([loadUserList(query), currentReader()]);
  return (
    <Page title="Users">
      <h1 className="page-title mb-4 max-md:sr-only">Users</h1>
      <div className="mb-3.5">
        <TextFilter placeholder="Name or address" />
      </div>
      <Card>
        {list.rows.length > 0 ? (
          <>
            <table className="w-full table-fixed text-sm">
              <thead className="max-md:sr-only">
                <tr>
                  <th scope="col" className={th}>
                    Name
                  </th>
                  <th scope="col" className={`${th} w-[260px] max-lg:w-[200px]`}>
                    Mails
                  </th>
                  <th scope="col" className={`${th} w-[110px] text-right`}>
                    Requests
                  </th>
                  <th scope="col" className={`${th} w-[130px] text-right`}>
                    Last told
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.rows.map((row) => (
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
                      <Mails row={row} />
                    </td>
                    <td className="num px-3 text-right text-muted-foreground max-md:hidden">
                      {row.requestCount}
                    </td>
                    <td className="px-3 pr-4 text-right text-muted-foreground max-md:ml-auto">
                      {row.lastToldAt ? <Moment at={row.lastToldAt} reader={reader} /> : "Never"}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <KeysetPager
              newer={query.after ? withQuery("/users", query, { after: null }) : null}
              older={list.older ? withQuery("/users", query, { after: list.older }) : null}
              words={plural(list.rows.length, "person", "people")}
            />
          </>
        ) : query.q ? (
          <EmptyState
            action={
              <Button asChild>
                <Link href="/users">Clear the filter</Link>
              </Button>
            }
          >
            Nobody is called “{query.q}”.
          </EmptyState>
        ) : (
          <EmptyState>Nobody is known yet. People appear here when Seerr is read.</EmptyState>
        )}
      </Card>
    </Page>
  );
}

function Mails({ row }: { row: UserRowView }) {
  if (row.off) return <StatusBadge kind="declined" word={row.off} />;
  if (row.switchedOff.length > 0) {
    return (
      <>
        <StatusBadge kind="up" word="Gets mails" />
        <div className="truncate pl-[21px] text-xs/[18px] text-muted-foreground">
          not {row.switchedOff.join(", ").toLowerCase()}
        </div>
      </>
    );
  }
  return <StatusBadge kind="up" word="Gets mails" />;
}
