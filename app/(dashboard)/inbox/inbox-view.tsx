import Link from "next/link";
import { type Query, withQuery } from "@/components/address";
import { EmptyState } from "@/components/empty-state";
import { EventDetail } from "@/components/inbox/event-detail";
import { InboxList } from "@/components/inbox/inbox-list";
import { ReplayPanel } from "@/components/inbox/replay-panel";
import { type Filter, FilterChips } from "@/components/lists/filter-chips";
import { TextFilter } from "@/components/lists/text-filter";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { InboxEventView, InboxListView } from "@/lib/domain/views/inbox";
import { exactMoment, type Reader } from "@/lib/domain/views/moment-words";
import { dryRunAction, replayAction } from "./actions";

const filters: Filter[] = [
  { key: "day", label: "Day", choices: [{ value: "today", label: "today" }] },
  {
    key: "source",
    label: "Source",
    choices: [
      { value: "seerr", label: "Seerr" },
      { value: "sonarr", label: "Sonarr" },
      { value: "radarr", label: "Radarr" },
    ],
  },
  {
    key: "outcome",
    label: "Outcome",
    choices: [
      { value: "handled", label: "Handled" },
      { value: "ignored", label: "Ignored" },
      { value: "failed", label: "Failed" },
      { value: "pending", label: "In line" },
    ],
  },
];

/** Two panes: the list, and one event with what it caused. A phone shows one of them. */
export function InboxView({
  list,
  event,
  chosen,
  query,
  reader,
}: {
  list: InboxListView;
  event: InboxEventView | null;
  /** Whether the address names the event; without one a phone shows the list. */
  chosen: boolean;
  query: Query;
  reader: Reader;
}) {
  const title = event ? `${event.typeWords} from ${event.sourceName}` : "Inbox";
  const isFiltered = Boolean(query.q || query.day || query.source || query.outcome);
  return (
    <Page
      bare
      title={chosen ? title : "Inbox"}
      {...(chosen
        ? { parent: { label: "Inbox", href: withQuery("/inbox", query, { part: null }) } }
        : {})}
    >
      <div className="grid grid-cols-[388px_minmax(0,1fr)] max-xl:grid-cols-[320px_minmax(0,1fr)] max-lg:grid-cols-1">
        <section
          aria-label="Events"
          className={cn(
            "border-border lg:sticky lg:top-14 lg:h-[calc(100dvh-56px)] lg:overflow-y-auto lg:border-r",
            chosen && "max-lg:hidden",
            "max-md:pb-20",
          )}
        >
          <div className="sticky top-0 z-10 flex flex-wrap gap-2 border-b border-border bg-background px-4 pt-4 pb-3.5 max-lg:top-14 max-md:top-[52px]">
            {chosen ? null : <h1 className="sr-only">Inbox</h1>}
            <TextFilter placeholder="Title, type or id" className="w-full" />
            <FilterChips filters={filters} />
          </div>
          {list.rows.length > 0 ? (
            <InboxList
              rows={list.rows}
              reader={reader}
              openId={event && (chosen || event.id === list.rows[0]?.id) ? event.id : null}
              hrefOf={(row) => withQuery(`/inbox/${row.id}`, query, { part: null })}
            />
          ) : (
            <EmptyState
              action={
                isFiltered ? (
                  <Button asChild>
                    <Link href="/inbox">Clear the filters</Link>
                  </Button>
                ) : (
                  <Button asChild>
                    <Link href="/settings/services">Install the webhooks</Link>
                  </Button>
                )
              }
            >
              {isFiltered
                ? "No event fits these filters."
                : "No webhook has arrived yet. Press Test in Sonarr, Radarr or Seerr: it appears here within a second."}
            </EmptyState>
          )}
          <div className="flex justify-center gap-2 p-4">
            {list.newest ? null : (
              <Button asChild size="row">
                <Link href={withQuery("/inbox", query, { before: null })}>Newest</Link>
              </Button>
            )}
            {list.older ? (
              <Button asChild size="row">
                <Link href={withQuery("/inbox", query, { before: list.older })}>Load older</Link>
              </Button>
            ) : null}
          </div>
        </section>
        <section
          aria-label="Event"
          className={cn(
            "min-w-0 px-8 pt-6 pb-10 max-lg:px-6 max-md:px-3 max-md:pt-2 max-md:pb-24",
            !chosen && "max-lg:hidden",
          )}
        >
          {event ? (
            <OneEvent
              key={event.id}
              heading={chosen ? "h1" : "h2"}
              event={event}
              query={query}
              reader={reader}
            />
          ) : null}
        </section>
      </div>
    </Page>
  );
}

function OneEvent({
  heading: Heading,
  event,
  query,
  reader,
}: {
  /** The list has the page's heading while no event is chosen. */
  heading: "h1" | "h2";
  event: InboxEventView;
  query: Query;
  reader: Reader;
}) {
  const part = query.part === "headers" ? "headers" : "body";
  const path = `/inbox/${event.id}`;
  const from = event.remoteAddress ? ` from ${event.remoteAddress}` : "";
  const typed = `${event.typeWords} from ${event.sourceName}`;
  return (
    <EventDetail
      event={event}
      part={part}
      parts={[
        { href: withQuery(path, query, { part: null }), label: "Body", current: part === "body" },
        {
          href: withQuery(path, query, { part: "headers" }),
          label: "Headers",
          current: part === "headers",
        },
      ]}
      head={
        <ReplayPanel
          heading={
            <>
              <Heading className="page-title break-words">
                {typed}
                {event.title && event.title !== typed ? `: ${event.title}` : null}
              </Heading>
              <p className="num mt-1 text-sm text-muted-foreground">
                {exactMoment(event.receivedAt, reader.timeZone)}
                {from}, event {event.id}.
              </p>
            </>
          }
          dryRun={dryRunAction.bind(null, { eventId: event.id })}
          replay={replayAction.bind(null, { eventId: event.id })}
        />
      }
    />
  );
}
