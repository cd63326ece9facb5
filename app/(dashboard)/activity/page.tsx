import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { DeedList } from "@/components/activity/deed-list";
import { RunList } from "@/components/activity/run-list";
import { type Query, withQuery } from "@/components/address";
import { EmptyState } from "@/components/empty-state";
import { type Filter, FilterChips } from "@/components/lists/filter-chips";
import { TextFilter } from "@/components/lists/text-filter";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/tabs";
import { auditAreaNames, auditAreas, auditSearchDepth } from "@/lib/domain/audit";
import { countWords } from "@/lib/domain/views/count-words";
import { loadActivity, loadRuns } from "@/lib/web/loaders/activity";
import { currentReader } from "@/lib/web/viewer";

export const metadata: Metadata = { title: "Activity" };

const path = "/activity";

type Props = { searchParams: Promise<Query> };

export default async function ActivityPage({ searchParams }: Props) {
  const query = await searchParams;
  const showsRuns = query.view === "runs";
  return (
    <Page title="Activity">
      <h1 className="page-title mb-2 max-md:sr-only">Activity</h1>
      <div className="mb-3.5 border-b border-border">
        <LinkTabs
          label="Whose activity"
          className="-ml-1"
          items={[
            { href: path, label: "What people did", current: !showsRuns },
            { href: `${path}?view=runs`, label: "What ran", current: showsRuns },
          ]}
        />
      </div>
      {showsRuns ? <Runs query={query} /> : <Deeds query={query} />}
    </Page>
  );
}

async function Deeds({ query }: { query: Query }) {
  const [view, reader] = await Promise.all([loadActivity(query), currentReader()]);
  const filters: Filter[] = [
    {
      key: "person",
      label: "Person",
      choices: view.actors.map((actor) => ({ value: actor, label: actor })),
    },
    {
      key: "area",
      label: "Area",
      choices: auditAreas.map((area) => ({ value: area, label: auditAreaNames[area] })),
    },
  ];
  const isFiltered = Boolean(query.q || query.person || query.area);
  return (
    <>
      <div className="mb-3.5 flex flex-wrap items-center gap-2">
        <TextFilter placeholder="Deed, name, value or address" />
        <FilterChips filters={filters.filter(({ choices }) => choices.length > 0)} />
      </div>
      <Card className="overflow-hidden">
        {view.deeds.length > 0 ? (
          <DeedList deeds={view.deeds} reader={reader} />
        ) : isFiltered ? (
          <EmptyState
            action={
              <Button asChild>
                <Link href={path}>Clear the filters</Link>
              </Button>
            }
          >
            Nothing that was done fits these filters.
            {query.q
              ? ` A text is looked for among the newest ${countWords(auditSearchDepth)}.`
              : null}
          </EmptyState>
        ) : (
          <EmptyState>
            Nothing was done yet. Whatever somebody changes, sends or starts here is written down
            with their name.
          </EmptyState>
        )}
        <Further query={query} older={view.older} isNewest={view.isNewest} />
      </Card>
    </>
  );
}

async function Runs({ query }: { query: Query }) {
  const [view, reader] = await Promise.all([loadRuns(query), currentReader()]);
  return (
    <Card className="overflow-hidden">
      {view.runs.length > 0 ? (
        <RunList runs={view.runs} reader={reader} />
      ) : (
        <EmptyState>
          Nothing ran yet. The first checks begin within a minute of the start.
        </EmptyState>
      )}
      <Further query={query} older={view.older} isNewest={view.isNewest} />
    </Card>
  );
}

function Further({
  query,
  older,
  isNewest,
}: {
  query: Query;
  older: string | null;
  isNewest: boolean;
}): ReactNode {
  if (isNewest && !older) return null;
  return (
    <div className="flex justify-center gap-2 p-3">
      {isNewest ? null : (
        <Button asChild size="row">
          <Link href={withQuery(path, query, { before: null })}>Newest</Link>
        </Button>
      )}
      {older ? (
        <Button asChild size="row">
          <Link href={withQuery(path, query, { before: older })}>Load older</Link>
        </Button>
      ) : null}
    </div>
  );
}
