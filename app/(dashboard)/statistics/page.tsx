import type { Metadata } from "next";
import Link from "next/link";
import { BarRows } from "@/components/charts/bar-rows";
import { ChartBeside } from "@/components/charts/chart-beside";
import { Figure } from "@/components/charts/figure";
import { WaitChart, WaitChartTable } from "@/components/charts/wait-chart";
import { EmptyState } from "@/components/empty-state";
import { Poster } from "@/components/poster";
import { Moment } from "@/components/relative-time";
import { Page } from "@/components/shell/page";
import { StatusBadge } from "@/components/status-badge";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { countWords } from "@/lib/domain/views/count-words";
import type { Reader } from "@/lib/domain/views/moment-words";
import type { LongWaitView, StatisticsView } from "@/lib/domain/views/statistics";
import { loadStatistics } from "@/lib/web/loaders/statistics";
import { currentReader } from "@/lib/web/viewer";

export const metadata: Metadata = { title: "Statistics" };

export default async function StatisticsPage() {
  const [view, reader] = await Promise.all([loadStatistics(), currentReader()]);
  return (
    <Page title="Statistics">
      <header className="mb-5 max-md:mb-4 max-md:px-1">
        <h1 className="verdict">{view.verdict}</h1>
        <p className="num mt-1 text-muted-foreground max-md:text-sm">{view.evidence}</p>
      </header>
      {view.knowsNothing ? (
        <Card>
          <EmptyState
            action={
              <Button asChild>
                <Link href="/requests">Open the requests</Link>
              </Button>
            }
          >
            How long people wait, and what for, is drawn here once somebody asks for something in
            Seerr.
          </EmptyState>
        </Card>
      ) : (
        <Figures view={view} reader={reader} />
      )}
    </Page>
  );
}

function Figures({ view, reader }: { view: StatisticsView; reader: Reader }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_372px] items-start gap-5 max-xl:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-4">
        <Waits view={view} />
        {view.longest.length > 0 ? <Longest titles={view.longest} reader={reader} /> : null}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Card>
          <CardHead title="Waited for now" />
          {view.waiting.length > 0 ? (
            <BarRows
              words="Requests that are not over, by what they wait for"
              rows={view.waiting}
            />
          ) : (
            <Nothing>Everything that was asked for is there.</Nothing>
          )}
        </Card>
        <Card>
          <CardHead title="Queue" />
          {view.queue.length > 0 ? (
            <BarRows words="Mails that have not left, and jobs" rows={view.queue} />
          ) : (
            <Nothing>No mail waits, and no job.</Nothing>
          )}
        </Card>
      </div>
    </div>
  );
}

/** From asking to the first thing that could be watched: by week, then by how long. */
function Waits({ view }: { view: StatisticsView }) {
  if (view.median === null) {
    return (
      <Card>
        <CardHead title="From request to watchable" />
        <Nothing>
          Nothing became watchable in these weeks yet. The first bar appears when Plex plays
          something that was asked for.
        </Nothing>
      </Card>
    );
  }
  return (
    <>
      <Card>
        <CardHead title="From request to watchable">
          <span className="pr-1.5 text-xs text-subtle-foreground">median by week</span>
        </CardHead>
        <ChartBeside
          figures={
            <>
              <Figure value={view.median} words="half waited no longer" />
              <Figure value={countWords(view.watchable)} words="became watchable" />
            </>
          }
          wide={<WaitChart weeks={view.weeks} width={500} />}
          narrow={<WaitChart weeks={view.weeks.slice(-6)} width={264} />}
        />
        <WaitChartTable weeks={view.weeks} />
      </Card>
      <Card>
        <CardHead title="How long they waited">
          <span className="pr-1.5 text-xs text-subtle-foreground">twelve weeks</span>
        </CardHead>
        <BarRows words="Requests by how long they were waited for" rows={view.lengths} />
        <p className="border-t border-border px-4 py-2.5 text-xs text-pretty text-subtle-foreground">
          From asking to the first episode or the movie, the time before its release included. What
          was there when BingeAlert began does not count.
        </p>
      </Card>
    </>
  );
}

function Longest({ titles, reader }: { titles: LongWaitView[]; reader: Reader }) {
  return (
    <Card>
      <CardHead title="Waited for longest">
        <span className="pr-1.5 text-xs text-subtle-foreground">asked</span>
      </CardHead>
      <ul className="@container">
        {titles.map((title) => (
          <li
            key={title.requestId}
            className="relative flex min-h-[52px] items-center gap-3 border-b border-border px-4 py-1.5 text-sm transition-colors duration-fast last:border-0 hover:bg-hover"
          >
            <Poster size="dense" path={title.posterPath} title={title.title} />
            <div className="flex min-w-0 flex-1 gap-x-3 @max-xl:flex-col @xl:items-center">
              <Link
                href={`/requests/${title.requestId}`}
                title={title.title}
                className="min-w-0 flex-1 truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
              >
                {title.title}
              </Link>
              <span className="w-[168px] shrink-0">
                <StatusBadge {...title.mark} />
              </span>
            </div>
            <span className="num shrink-0 text-right text-xs whitespace-nowrap text-subtle-foreground @xl:w-[88px]">
              <Moment at={title.since} reader={reader} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Nothing({ children }: { children: string }) {
  return (
    <p className="px-4 py-8 text-center text-sm text-balance text-muted-foreground">{children}</p>
  );
}
