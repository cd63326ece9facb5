import { RefreshCw } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActionButton } from "@/components/action-button";
import { type Query, withQuery } from "@/components/address";
import { EmptyState } from "@/components/empty-state";
import { type Filter, FilterChips } from "@/components/lists/filter-chips";
import { KeysetPager } from "@/components/lists/keyset-pager";
import { sortChoices } from "@/components/lists/sort-choices";
import { SortMenu } from "@/components/lists/sort-menu";
import { TextFilter } from "@/components/lists/text-filter";
import { personFilter, qualityFilter, typeFilter } from "@/components/lists/title-filters";
import { RequestOnBehalf } from "@/components/requests/request-on-behalf";
import { RequestTable } from "@/components/requests/request-table";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { boundedPlural, boundedWords } from "@/lib/domain/views/count-words";
import { stateChoices } from "@/lib/domain/views/request-state-words";
import { loadFilterPeople, loadRequestList } from "@/lib/web/loaders/request-list";
import { currentReader } from "@/lib/web/viewer";
import { EmptyUntilSeerr } from "../empty-until-seerr";
import {
  readTitleAction,
  requestOnBehalfAction,
  searchTitlesAction,
  syncRequestsAction,
} from "./actions";

export const metadata: Metadata = { title: "Requests" };

const orders = [
  ["-news", "newest news"],
  ["news", "oldest news"],
  ["title", "title, A to Z"],
  ["-title", "title, Z to A"],
  ["-asked", "asked last"],
  ["asked", "asked first"],
] as const;
const filterKeys = ["q", "asked", "state", "person", "type", "quality"];

export default async function RequestsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [list, people, reader] = await Promise.all([
    loadRequestList(query),
    loadFilterPeople(),
    currentReader(),
  ]);
  const isFiltered = filterKeys.some((key) => query[key]);
  const place = (key: "after" | "before", value: string | null) =>
    value ? withQuery("/requests", query, { after: null, before: null, [key]: value }) : null;
  const sortHref = (order: string) =>
    withQuery("/requests", query, {
      sort: order === "-news" ? null : order,
      after: null,
      before: null,
    });
  return (
    <Page title="Requests">
      <div className="mb-4 flex items-center justify-between gap-3 max-md:px-1">
        <div className="flex items-baseline gap-2.5">
          <h1 className="page-title max-md:sr-only">Requests</h1>
          <span className="num text-muted-foreground">
            <span className="max-md:hidden">{boundedWords(list.total)}</span>
            <span className="md:hidden">{boundedPlural(list.total, "request")}</span>
          </span>
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          <ActionButton
            action={syncRequestsAction}
            icon={<RefreshCw aria-hidden />}
            label="Sync from Seerr"
            busyLabel="Starting"
            className="max-md:hidden"
          />
          <RequestOnBehalf
            search={searchTitlesAction}
            read={readTitleAction}
            ask={requestOnBehalfAction}
          />
        </div>
      </div>
      <div className="mb-3.5 flex flex-wrap items-center gap-2">
        <TextFilter placeholder="Title, person or id" />
        <FilterChips filters={filters(people)} />
        {list.rows.length > 1 ? (
          <SortMenu choices={sortChoices(orders, list.sort, sortHref)} className="xl:hidden" />
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
            <RequestTable
              rows={list.rows}
              reader={reader}
              sort={list.sort}
              sortHref={sortHref}
              rowActions={(row) => (
                <Button asChild size="row" className="relative">
                  <Link href={`/requests/${row.id}`}>Open</Link>
                </Button>
              )}
            />
            <KeysetPager
              newer={place("before", list.newer)}
              older={place("after", list.older)}
              words={`${list.rows.length} of ${boundedWords(list.matching)}`}
            />
          </>
        ) : isFiltered ? (
          <EmptyState
            action={
              <Button asChild>
                <Link href="/requests">Clear the filters</Link>
              </Button>
            }
          >
            No request fits {describeFilters(query, people)}.
          </EmptyState>
        ) : (
          <EmptyUntilSeerr
            what="Requests"
            action={
              <ActionButton
                action={syncRequestsAction}
                label="Sync from Seerr"
                busyLabel="Starting"
              />
            }
          >
            Nobody has asked for anything yet. New requests appear here as soon as Seerr reports
            them.
          </EmptyUntilSeerr>
        )}
      </Card>
    </Page>
  );
}

function filters(people: { id: number; name: string }[]): Filter[] {
  return [
    {
      key: "asked",
      label: "Asked",
      choices: [
        { value: "7", label: "last 7 days" },
        { value: "30", label: "last 30 days" },
        { value: "60", label: "last 60 days" },
        { value: "365", label: "last year" },
      ],
    },
    { key: "state", label: "State", choices: stateChoices },
    personFilter("Person", people),
    typeFilter("Type", "Shows"),
    qualityFilter,
  ];
}

function describeFilters(query: Query, people: { id: number; name: string }[]): string {
  const parts = filters(people)
    .filter((filter) => query[filter.key])
    .map((filter) => {
      const value = query[filter.key];
      const chosen = filter.choices.find((choice) => choice.value === value)?.label ?? value;
      return `${filter.label.toLowerCase()} “${chosen}”`;
    });
  if (query.q) parts.unshift(`“${query.q}”`);
  return parts.join(" and ");
}
