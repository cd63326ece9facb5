import { Download, TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { type Query, withQuery } from "@/components/address";
import { EmptyState } from "@/components/empty-state";
import { type Filter, FilterChips } from "@/components/lists/filter-chips";
import { TextFilter } from "@/components/lists/text-filter";
import { LogView } from "@/components/logs/log-view";
import { Notice } from "@/components/notice";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { below } from "@/lib/base-path";
import { logProcesses } from "@/lib/domain/log-line";
import { type LogsView, levelChoices, logStretches } from "@/lib/domain/views/logs";
import { listWords } from "@/lib/domain/words";
import { loadLogs } from "@/lib/web/loaders/logs";
import { currentReader } from "@/lib/web/viewer";

export const metadata: Metadata = { title: "Logs" };

const path = "/logs";

const filters: Filter[] = [
  { key: "level", label: "Level", choices: levelChoices },
  {
    key: "process",
    label: "Process",
    choices: logProcesses.map((name) => ({ value: name, label: name })),
  },
  {
    key: "last",
    label: "Last",
    choices: Object.entries(logStretches).map(([value, { words }]) => ({ value, label: words })),
  },
];

export default async function LogsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [view, reader] = await Promise.all([loadLogs(query), currentReader()]);
  const isFiltered = Boolean(query.q || query.level || query.process || query.last || query.field);
  const address = withQuery("", query, {});
  return (
    <Page title="Logs">
      <div className="mb-4 flex items-end gap-6 max-md:mb-3 max-md:flex-col max-md:items-stretch max-md:gap-3">
        <div className="min-w-0 flex-1">
          <h1 className="page-title max-md:sr-only">Logs</h1>
          <p className="num mt-1 text-sm text-muted-foreground max-md:mt-0 max-md:px-1">
            {whoseWords(view)}{" "}
            <Link href="/settings/logs" className="text-primary-text underline underline-offset-2">
              What is written and kept
            </Link>
          </p>
        </div>
        {view.keptBytes > 0 ? (
          <Button asChild>
            <a href={below(`/logs/download${address}`)} download>
              <Download aria-hidden />
              Download
            </a>
          </Button>
        ) : null}
      </div>
      {view.trouble ? (
        <div className="mb-4">
          <Notice tone="retrying" icon={TriangleAlert} title="New lines are not kept">
            {view.folder} cannot be written: <span className="mono">{view.trouble}</span>. They
            still go to the standard output.
          </Notice>
        </div>
      ) : null}
      <div className="mb-3.5 flex flex-wrap items-center gap-2">
        <TextFilter placeholder="Text anywhere in a line" />
        <FilterChips
          filters={
            query.field ? [...filters, { key: "field", label: "Field", choices: [] }] : filters
          }
        />
      </div>
      <Card>
        <LogView
          // Another filter is another list.
          key={address}
          first={view.part}
          query={address}
          timeZone={reader.timeZone}
          empty={
            <EmptyState
              action={
                isFiltered ? (
                  <Button asChild>
                    <Link href={path}>Clear the filters</Link>
                  </Button>
                ) : undefined
              }
            >
              {isFiltered
                ? "No line fits these filters."
                : "Nothing was kept yet. Lines appear here as soon as something happens."}
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}

/** Whose lines these are, and whose they are not. */
function whoseWords(view: LogsView): string {
  const size =
    view.keptBytes < 1024 * 1024
      ? `${Math.ceil(view.keptBytes / 1024)} kB`
      : `${Math.round(view.keptBytes / 1024 / 1024)} MB`;
  const whose =
    view.processes.length === 0
      ? "No lines are kept on this server yet."
      : `${size} of lines of ${listWords(view.processes)} on this server.`;
  return view.role === "web"
    ? `${whose} Workers on other servers keep theirs in the folder logs of their own config folder.`
    : whose;
}
