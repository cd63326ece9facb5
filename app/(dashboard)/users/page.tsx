import { RefreshCw } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActionButton } from "@/components/action-button";
import { type Query, withQuery } from "@/components/address";
import { EmptyState } from "@/components/empty-state";
import { FilterChips } from "@/components/lists/filter-chips";
import { KeysetPager } from "@/components/lists/keyset-pager";
import { sortChoices } from "@/components/lists/sort-choices";
import { SortMenu } from "@/components/lists/sort-menu";
import { TextFilter } from "@/components/lists/text-filter";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { UserTable } from "@/components/users/user-table";
import { boundedPlural, boundedWords } from "@/lib/domain/views/count-words";
import { standingChoices } from "@/lib/domain/views/users";
import { loadUserList } from "@/lib/web/loaders/users";
import { currentReader } from "@/lib/web/viewer";
import { EmptyUntilSeerr } from "../empty-until-seerr";
import { syncUsersAction } from "./actions";

export const metadata: Metadata = { title: "Users" };

const filters = [
  {
    key: "mails",
    label: "Mails",
    choices: standingChoices.map(({ value, label }) => ({ value, label })),
  },
];

const orders = [
  ["name", "name, A to Z"],
  ["-name", "name, Z to A"],
  ["-requests", "most requests"],
  ["requests", "fewest requests"],
  ["-told", "told last"],
  ["told", "told first, or never"],
] as const;

export default async function UsersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [list, reader] = await Promise.all([loadUserList(query), currentReader()]);
  const isFiltered = Boolean(query.q || query.mails);
  const place = (key: "after" | "before", value: string | null) =>
    value ? withQuery("/users", query, { after: null, before: null, [key]: value }) : null;
  const sortHref = (order: string) =>
    withQuery("/users", query, {
      sort: order === "name" ? null : order,
      after: null,
      before: null,
    });
  return (
    <Page title="Users">
      <div className="mb-4 flex items-center justify-between gap-3 max-md:px-1">
        <div className="flex items-baseline gap-2.5">
          <h1 className="page-title max-md:sr-only">Users</h1>
          <span className="num text-muted-foreground">
            <span className="max-md:hidden">{boundedWords(list.total)}</span>
            <span className="md:hidden">{boundedPlural(list.total, "person", "people")}</span>
          </span>
        </div>
        <ActionButton
          action={syncUsersAction}
          icon={<RefreshCw aria-hidden />}
          label="Sync from Seerr"
          busyLabel="Starting"
          className="max-md:hidden"
        />
      </div>
      <div className="mb-3.5 flex flex-wrap items-center gap-2">
        <TextFilter placeholder="Name or address" />
        <FilterChips filters={filters} />
        {list.rows.length > 1 ? (
          <SortMenu choices={sortChoices(orders, list.sort, sortHref)} className="md:hidden" />
        ) : null}
        {isFiltered ? (
          <span className="num ml-auto text-xs text-subtle-foreground">
            {boundedWords(list.matching)} match
          </span>
        ) : null}
      </div>
      <Card>
        {list.rows.length > 0 ? (
          <>
            <UserTable rows={list.rows} reader={reader} sort={list.sort} sortHref={sortHref} />
            <KeysetPager
              newer={place("before", list.before)}
              older={place("after", list.after)}
              words={`${list.rows.length} of ${boundedWords(list.matching)}`}
              labels={["Previous", "Next"]}
            />
          </>
        ) : isFiltered ? (
          <EmptyState
            action={
              <Button asChild>
                <Link href="/users">Clear the filters</Link>
              </Button>
            }
          >
            Nobody fits {describe(query)}.
          </EmptyState>
        ) : (
          <EmptyUntilSeerr
            what="People"
            action={
              <ActionButton action={syncUsersAction} label="Sync from Seerr" busyLabel="Starting" />
            }
          >
            Nobody is known yet. People appear here when Seerr is read.
          </EmptyUntilSeerr>
        )}
      </Card>
    </Page>
  );
}

function describe({ q, mails }: Query): string {
  const label = standingChoices.find(({ value }) => value === mails)?.label ?? mails;
  const parts = [q ? `“${q}”` : null, mails ? `mails “${label}”` : null];
  return parts.filter(Boolean).join(" and ");
}
