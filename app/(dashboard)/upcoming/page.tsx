import { CalendarPlus, RefreshCw, TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActionButton } from "@/components/action-button";
import { type Query, withQuery } from "@/components/address";
import { CopyButton } from "@/components/copy-button";
import { EmptyState } from "@/components/empty-state";
import { type Filter, FilterChips } from "@/components/lists/filter-chips";
import { personFilter, qualityFilter, typeFilter } from "@/components/lists/title-filters";
import { Notice } from "@/components/notice";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Seg } from "@/components/ui/tabs";
import { UpcomingList } from "@/components/upcoming/upcoming-list";
import { UpcomingMonth } from "@/components/upcoming/upcoming-month";
import { type Reader, whenPhrase } from "@/lib/domain/views/moment-words";
import { type UpcomingView, upcomingDays, upcomingVerdict } from "@/lib/domain/views/upcoming";
import { listWords } from "@/lib/domain/words";
import { loadUpcoming } from "@/lib/web/loaders/upcoming";
import { currentReader } from "@/lib/web/viewer";
import { runJobAction } from "../system/actions";
import { makeCalendarLinkAction, revokeCalendarLinkAction } from "./actions";

export const metadata: Metadata = { title: "Upcoming" };

const path = "/upcoming";

export default async function UpcomingPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [view, reader] = await Promise.all([loadUpcoming(query), currentReader()]);
  const isMonth = query.view === "month";
  const isFiltered = Boolean(query.person || query.type || query.quality);
  const listHref = withQuery(path, query, { view: null });
  return (
    <Page title="Upcoming">
      <div className="mb-5 flex items-end gap-6 max-md:mb-4 max-md:flex-col max-md:items-stretch max-md:gap-3 max-md:px-1">
        <div className="min-w-0 flex-1">
          <h1 className="verdict">{upcomingVerdict(view)}</h1>
          <p className="num mt-1 text-muted-foreground max-md:text-sm">{evidence(view, reader)}</p>
        </div>
        {view.calendars.length > 0 ? (
          <ActionButton
            action={runJobAction.bind(null, { name: "read-calendar" })}
            icon={<RefreshCw aria-hidden />}
            label="Read again"
            busyLabel="Starting"
          />
        ) : null}
      </div>
      <Trouble view={view} reader={reader} />
      <div className="mb-3.5 flex flex-wrap items-center gap-2">
        <Seg
          label="How far ahead"
          items={upcomingDays.map((days) => ({
            href: withQuery(path, query, { days: days === 30 ? null : String(days) }),
            label: `${days} days`,
            current: view.days === days,
          }))}
        />
        <div className="max-lg:hidden">
          <Seg
            label="How it is shown"
            items={[
              { href: listHref, label: "List", current: !isMonth },
              {
                href: withQuery(path, query, { view: "month" }),
                label: "Month",
                current: isMonth,
              },
            ]}
          />
        </div>
        <FilterChips filters={filtersOf(view)} />
      </div>
      <Card className="overflow-hidden">
        {view.entries.length === 0 ? (
          <Empty view={view} isFiltered={isFiltered} />
        ) : isMonth ? (
          <>
            <div className="max-lg:hidden">
              <UpcomingMonth
                entries={view.entries}
                days={view.days}
                reader={reader}
                listHref={listHref}
              />
            </div>
            <div className="lg:hidden">
              <UpcomingList entries={view.entries} reader={reader} />
            </div>
          </>
        ) : (
          <UpcomingList entries={view.entries} reader={reader} />
        )}
        {view.isCut ? (
          <p className="px-4 py-3 text-center text-sm text-muted-foreground">
            There is more than fits here. Fewer days or a filter show the rest.
          </p>
        ) : null}
      </Card>
      <CalendarLink url={view.calendarUrl} />
    </Page>
  );
}

function filtersOf({ people }: UpcomingView): Filter[] {
  const waiting = people.map(({ userId, name }) => ({ id: userId, name }));
  return [
    ...(waiting.length > 0 ? [personFilter("Waits for it", waiting)] : []),
    typeFilter("Kind", "Episodes"),
    qualityFilter,
  ];
}

/** From when this is, by the oldest of what it comes from. */
function evidence({ calendars }: UpcomingView, reader: Reader): string {
  const read = calendars.flatMap(({ readAt }) => (readAt ? [readAt] : []));
  if (calendars.length === 0) return "No Sonarr or Radarr is connected.";
  if (read.length === 0) return "The calendars are read within a minute of the start.";
  const oldest = new Date(Math.min(...read.map((at) => at.getTime())));
  const names = calendars.filter(({ readAt }) => readAt).map(({ name }) => name);
  return `As ${listWords(names)} said ${whenPhrase(oldest, reader)}. Only what somebody waits for.`;
}

/** A calendar that could not be read is not an empty one: its age is said. */
function Trouble({ view, reader }: { view: UpcomingView; reader: Reader }) {
  const failed = view.calendars.filter(({ trouble }) => trouble !== null);
  if (failed.length === 0) return null;
  return (
    <div className="mb-4">
      <Notice
        tone="retrying"
        icon={TriangleAlert}
        title={`${listWords(failed.map(({ name }) => name))} could not be read`}
      >
        {failed.map(({ name, readAt, trouble }) => (
          <p key={name}>
            {trouble}.{" "}
            {readAt
              ? `What ${name} said ${whenPhrase(readAt, reader)} is listed; it may have moved.`
              : `What ${name} expects is not known yet.`}
          </p>
        ))}
      </Notice>
    </div>
  );
}

function Empty({ view, isFiltered }: { view: UpcomingView; isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        action={
          <Button asChild>
            <Link href={path}>Clear the filters</Link>
          </Button>
        }
      >
        Nothing that comes fits these filters.
      </EmptyState>
    );
  }
  if (view.calendars.length === 0) {
    return (
      <EmptyState
        action={
          <Button asChild>
            <Link href="/settings/services">Connect Sonarr or Radarr</Link>
          </Button>
        }
      >
        Dates come from Sonarr and Radarr, and none is connected yet.
      </EmptyState>
    );
  }
  if (view.calendars.every(({ readAt }) => readAt === null)) {
    return <EmptyState>No calendar has been read yet. This page fills by itself.</EmptyState>;
  }
  return (
    <EmptyState>
      Nobody waits for anything that comes in the next {view.days} days. Episodes and movies appear
      here once somebody asked for them and Sonarr or Radarr knows a date.
    </EmptyState>
  );
}

function CalendarLink({ url }: { url: string | null }) {
  return (
    <Card className="mt-5">
      <CardHead title="In your calendar">
        {url ? (
          <ActionButton
            action={revokeCalendarLinkAction}
            label="Revoke"
            busyLabel="Revoking"
            variant="danger"
            size="row"
            confirm={{
              title: "Revoke the calendar link?",
              description: "Calendars that use it get nothing more.",
              button: "Revoke the link",
              destructive: true,
            }}
          />
        ) : (
          <ActionButton
            action={makeCalendarLinkAction}
            icon={<CalendarPlus aria-hidden />}
            label="Make a link"
            busyLabel="Making"
            size="row"
          />
        )}
      </CardHead>
      <div className="flex flex-wrap items-center gap-3 px-4 py-3 text-sm text-muted-foreground">
        {url ? (
          <>
            <span className="mono min-w-0 flex-1 break-all rounded-sm bg-sunken px-2.5 py-1.5 text-xs/[18px]">
              {url}
            </span>
            <CopyButton text={url} />
          </>
        ) : (
          <p>
            A link for calendar programs to all that comes. Whoever has it sees the titles, without
            names, until you revoke it.
          </p>
        )}
      </div>
    </Card>
  );
}
