import type { Metadata } from "next";
import Link from "next/link";
import { type Query, withQuery } from "@/components/address";
import { EmptyState } from "@/components/empty-state";
import { IssueTable } from "@/components/issues/issue-table";
import { type Filter, FilterChips } from "@/components/lists/filter-chips";
import { KeysetPager } from "@/components/lists/keyset-pager";
import { TextFilter } from "@/components/lists/text-filter";
import { qualityFilter } from "@/components/lists/title-filters";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/tabs";
import { plural } from "@/lib/domain/views/count-words";
import {
  type IssueListView,
  type IssueTab,
  issueTabs,
  problemChoices,
} from "@/lib/domain/views/issues";
import { issueTab, loadIssueList } from "@/lib/web/loaders/issues";
import { currentReader } from "@/lib/web/viewer";
import { EmptyUntilSeerr } from "../empty-until-seerr";

export const metadata: Metadata = { title: "Issues" };

const path = "/issues";
const tabWords = {
  open: "Open",
  needs_you: "Needs you",
  fixing: "Being fixed",
  resolved: "Resolved",
  all: "All",
} satisfies Record<IssueTab, string>;

const filters: Filter[] = [
  { key: "type", label: "Problem", choices: problemChoices },
  qualityFilter,
];

export default async function IssuesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const tab = issueTab(query.tab);
  const [list, reader] = await Promise.all([loadIssueList(query), currentReader()]);
  const isFiltered = Boolean(query.q || query.type || query.quality);
  const place = (key: "after" | "before", value: string | null) =>
    value ? withQuery(path, query, { after: null, before: null, [key]: value }) : null;
  return (
    <Page title="Issues">
      <h1 className="page-title mb-2 max-md:sr-only">Issues</h1>
      <div className="mb-3.5 border-b border-border">
        <LinkTabs
          label="Which issues"
          className="-ml-1"
          items={issueTabs.map((name) => ({
            href: withQuery(path, query, {
              tab: name === "open" ? null : name,
              after: null,
              before: null,
            }),
            label: tabWords[name],
            current: tab === name,
            ...countOf(list, name),
          }))}
        />
      </div>
      <div className="mb-3.5 flex flex-wrap items-center gap-2">
        <TextFilter placeholder="Title, person, message or number" />
        <FilterChips filters={filters} />
      </div>
      <Card>
        {list.rows.length > 0 ? (
          <>
            <IssueTable rows={list.rows} reader={reader} />
            {list.newer || list.older ? (
              <KeysetPager
                newer={place("before", list.newer)}
                older={place("after", list.older)}
                words={plural(list.rows.length, "issue")}
              />
            ) : null}
          </>
        ) : (
          <Empty tab={tab} isFiltered={isFiltered} />
        )}
      </Card>
    </Page>
  );
}

function countOf({ counts }: IssueListView, tab: IssueTab): { count?: number } {
  switch (tab) {
    case "open":
      return { count: counts.open };
    case "needs_you":
      return { count: counts.needsYou };
    case "fixing":
      return { count: counts.fixing };
    default:
      return {};
  }
}

function Empty({ tab, isFiltered }: { tab: IssueTab; isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        action={
          <Button asChild>
            <Link href={path}>Clear the filters</Link>
          </Button>
        }
      >
        No issue fits these filters.
      </EmptyState>
    );
  }
  switch (tab) {
    case "needs_you":
      return <EmptyState>No issue waits for you.</EmptyState>;
    case "fixing":
      return <EmptyState>Nothing is being fixed.</EmptyState>;
    case "resolved":
      return <EmptyState>No issue has been resolved yet.</EmptyState>;
    default:
      return (
        <EmptyUntilSeerr what="Reported problems">
          Nobody has reported a problem. When somebody does so in Seerr, it appears here.
        </EmptyUntilSeerr>
      );
  }
}
