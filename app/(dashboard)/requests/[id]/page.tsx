import { CirclePlus, RefreshCw, Tv, UserMinus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/action-button";
import { type Query, withQuery } from "@/components/address";
import { CopyButton } from "@/components/copy-button";
import { DownloadTable } from "@/components/download-table";
import { Poster } from "@/components/poster";
import { AddPeople } from "@/components/requests/add-people";
import { EpisodeStrip, seasonSummary } from "@/components/requests/episode-strip";
import { MovieSteps } from "@/components/requests/movie-steps";
import { WhoIsTold } from "@/components/requests/who-is-told";
import { Page } from "@/components/shell/page";
import { Timeline } from "@/components/timeline/timeline";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { LinkTabs, Seg } from "@/components/ui/tabs";
import { Tag } from "@/components/ui/tag";
import { longDate, type Reader } from "@/lib/domain/views/moment-words";
import { firstName } from "@/lib/domain/views/person";
import type { RecipientView, RequestDetailView } from "@/lib/domain/views/requests";
import { type TimelineFilter, timelineFilter } from "@/lib/domain/views/timeline";
import { loadRequestDownloads } from "@/lib/web/loaders/downloads";
import { loadAttachable, loadRequestDetail } from "@/lib/web/loaders/request-detail";
import { currentReader } from "@/lib/web/viewer";
import { SentenceZone } from "../../sentence-zone";
import { attachPeopleAction, checkNowAction, detachPersonAction } from "./actions";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };
type Tab = "timeline" | "people" | "details";

async function read({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const requestId = /^\d{1,9}$/.test(id) ? Number(id) : 0;
  const person = /^\d{1,9}$/.test(query.person ?? "") ? Number(query.person) : null;
  const show = timelineFilter(query.show);
  const view =
    requestId > 0 ? await loadRequestDetail(requestId, show, person, query.all === "1") : null;
  return { view, query, show, person };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { view } = await read(props);
  return { title: view?.title ?? "Request" };
}

export default async function RequestPage(props: Props) {
  const { view, query, show, person } = await read(props);
  if (!view) notFound();
  const [reader, attachable, downloads] = await Promise.all([
    currentReader(),
    loadAttachable(view.id),
    loadRequestDownloads(view.id),
  ]);
  const path = `/requests/${view.id}`;
  const tab: Tab = query.tab === "people" || query.tab === "details" ? query.tab : "timeline";
  const addPeople = (look: "head" | "page") => (
    <AddPeople
      look={look}
      people={attachable}
      title={view.title}
      attach={attachPeopleAction.bind(null, view.id)}
    />
  );
  return (
    <Page title={view.title} parent={{ label: "Requests", href: "/requests" }}>
      <Hero
        view={view}
        reader={reader}
        actions={
          <>
            <ActionButton
              action={checkNowAction.bind(null, view.id)}
              icon={<RefreshCw aria-hidden />}
              label="Check now"
              busyLabel="Checking"
            />
            {addPeople("page")}
          </>
        }
      />
      <div className="hidden px-1 pt-4 max-md:block">
        <Strip view={view} reader={reader} legend={false} onlyFirst />
      </div>
      <LinkTabs
        label="Parts of this request"
        className="mt-3 hidden border-b border-border max-md:flex"
        items={(["timeline", "people", "details"] as const).map((name) => ({
          href: withQuery(path, query, { tab: name === "timeline" ? null : name }),
          label: name.charAt(0).toUpperCase() + name.slice(1),
          current: tab === name,
          ...(name === "people" ? { count: view.recipients.length } : {}),
        }))}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_372px] items-start gap-5 max-xl:grid-cols-1 max-md:mt-4">
        <Card
          className={cn(
            tab !== "timeline" && "max-md:hidden",
            "max-md:border-0 max-md:bg-transparent max-md:shadow-none",
          )}
        >
          <CardHead title="Timeline" className="flex-wrap max-md:hidden">
            <TimelineChoice path={path} query={query} show={show} />
          </CardHead>
          {view.recipients.length > 1 ? (
            <PeopleChips view={view} path={path} query={query} person={person} />
          ) : null}
          <div className="pt-5 pr-5 pb-1.5 pl-1 max-md:px-0 max-md:pt-2">
            <Timeline view={view.timeline} reader={reader} />
            <SentenceZone rows={view.timeline.past} />
            {view.timeline.past.length === 0 && show !== "everything" ? (
              <p className="pb-6 pl-[108px] text-sm text-muted-foreground max-md:pl-[90px]">
                No {show} yet.
              </p>
            ) : null}
            {view.timeline.older > 0 ? (
              <div className="pb-4 pl-[108px] max-md:pl-[90px]">
                <Button asChild size="row">
                  <Link scroll={false} href={withQuery(path, query, { all: "1" })}>
                    Show {view.timeline.older} older
                  </Link>
                </Button>
              </div>
            ) : null}
          </div>
        </Card>
        <div className="flex min-w-0 flex-col gap-5">
          <div className="contents max-md:hidden">
            <Strip view={view} reader={reader} legend />
          </div>
          {downloads.length > 0 ? (
            <Card className={cn(tab !== "details" && "max-md:hidden")}>
              <CardHead title="Downloads" />
              <DownloadTable rows={downloads} reader={reader} within="request" />
            </Card>
          ) : null}
          <Card className={cn(tab !== "people" && "max-md:hidden")}>
            <CardHead title="Who is told">{addPeople("head")}</CardHead>
            {view.recipients.length > 0 ? (
              <WhoIsTold
                recipients={view.recipients}
                reader={reader}
                removeButton={(recipient) => (
                  <RemoveButton requestId={view.id} recipient={recipient} />
                )}
              />
            ) : (
              <p className="px-4 py-8 text-center text-sm text-muted-foreground">
                Nobody yet. {view.askedBy} asked, but Seerr has not said who that is.
              </p>
            )}
            {view.followUrl ? (
              <div className="flex items-center gap-3 border-t border-border py-2 pr-2 pl-4 text-xs text-muted-foreground">
                <span className="flex-1 text-balance">
                  Let people follow it themselves: share the link.
                </span>
                <CopyButton text={view.followUrl} label="Copy link" />
              </div>
            ) : null}
          </Card>
          <Card className={cn(tab !== "details" && "max-md:hidden")}>
            <CardHead title="Details" />
            <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-y-2 px-4 pt-3.5 pb-4 text-sm">
              {view.facts.map((fact) => (
                <div key={fact.term} className="contents">
                  <dt className="text-subtle-foreground">{fact.term}</dt>
                  <dd className={fact.mono ? "mono" : "break-words"}>{fact.value}</dd>
                </div>
              ))}
            </dl>
            <div className="hidden px-4 pb-4 max-md:block">
              <ActionButton
                action={checkNowAction.bind(null, view.id)}
                icon={<RefreshCw aria-hidden />}
                label="Check now"
                busyLabel="Checking"
              />
            </div>
          </Card>
        </div>
      </div>
    </Page>
  );
}

function Hero({
  view,
  reader,
  actions,
}: {
  view: RequestDetailView;
  reader: Reader;
  actions: ReactNode;
}) {
  const asked = `Asked by ${view.askedBy}, ${longDate(view.askedAt, reader)}`;
  return (
    <div className="mb-6 grid grid-cols-[104px_minmax(0,1fr)] gap-x-6 max-md:mb-0 max-md:grid-cols-[68px_minmax(0,1fr)] max-md:gap-x-3.5 max-md:px-1">
      <Poster
        size="detail"
        path={view.posterPath}
        title={view.title}
        alt={`Poster: ${view.title}`}
        className="row-span-2 max-md:row-span-1"
      />
      <div className="flex items-start gap-4 pt-0.5 max-md:flex-col max-md:gap-1.5">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1 max-md:flex-none">
          <h1 dir="auto" className="page-title wrap-anywhere max-md:w-full">
            {view.title}
          </h1>
          {view.year ? (
            <span className="num text-muted-foreground max-md:hidden">{view.year}</span>
          ) : null}
          <Tag>{view.seasonsLabel}</Tag>
          <Tag>{view.isFourK ? "4K" : "HD"}</Tag>
        </div>
        <div className="flex gap-2 max-md:hidden">{actions}</div>
        <div className="hidden max-w-full text-sm wrap-anywhere text-muted-foreground max-md:block">
          {asked}
        </div>
      </div>
      <div className="flex flex-col pt-3 max-md:col-span-2 max-md:pt-4">
        <p className="verdict max-w-[760px] max-md:!text-[18px] max-md:!leading-[25px] max-md:!text-pretty">
          {view.verdict}
        </p>
        <div className="mt-auto flex flex-wrap gap-x-5 gap-y-1 pt-4 pb-0.5 text-sm text-muted-foreground max-md:hidden">
          <span className="inline-flex items-center gap-1.5">
            <CirclePlus aria-hidden className="size-3.5" />
            {asked}
          </span>
          {view.airNote ? (
            <span className="num inline-flex items-center gap-1.5">
              <Tv aria-hidden className="size-3.5" />
              {view.airNote}
            </span>
          ) : null}
        </div>
      </div>
    </div>
  );
}

function Strip({
  view,
  reader,
  legend,
  onlyFirst = false,
}: {
  view: RequestDetailView;
  reader: Reader;
  legend: boolean;
  onlyFirst?: boolean;
}) {
  if (view.mediaType === "movie") {
    const line = <MovieSteps steps={view.movieSteps} reader={reader} />;
    return legend ? (
      <Card>
        <CardHead title="Movie" />
        <div className="px-2 py-4">{line}</div>
      </Card>
    ) : (
      line
    );
  }
  const seasons = onlyFirst ? view.seasons.slice(0, 1) : view.seasons;
  return seasons.map((season) =>
    legend ? (
      <Card key={season.season}>
        <CardHead title={season.season === 0 ? "Specials" : `Season ${season.season}`}>
          <span className="num pr-1 text-right text-xs text-subtle-foreground">
            {seasonSummary(season)}
          </span>
        </CardHead>
        <div className="p-4">
          <EpisodeStrip season={season} reader={reader} />
        </div>
      </Card>
    ) : (
      <EpisodeStrip key={season.season} season={season} reader={reader} legend={false} />
    ),
  );
}

function TimelineChoice({
  path,
  query,
  show,
}: {
  path: string;
  query: Query;
  show: TimelineFilter;
}) {
  return (
    <Seg
      label="Which rows"
      items={(["everything", "decisions", "mails"] as const).map((name) => ({
        href: withQuery(path, query, { show: name === "everything" ? null : name }),
        label: name.charAt(0).toUpperCase() + name.slice(1),
        current: show === name,
      }))}
    />
  );
}

function PeopleChips({
  view,
  path,
  query,
  person,
}: {
  view: RequestDetailView;
  path: string;
  query: Query;
  person: number | null;
}) {
  return (
    <nav aria-label="Whose news" className="flex flex-wrap gap-1.5 px-4 pt-3 max-md:px-1">
      {view.recipients.map(({ person: someone }) => {
        const current = someone.userId === person;
        return (
          <Link
            key={someone.userId}
            scroll={false}
            href={withQuery(path, query, { person: current ? null : String(someone.userId) })}
            aria-current={current ? "true" : undefined}
            className={cn(
              "rounded-sm border border-border px-2 text-xs/6 text-muted-foreground transition-colors duration-fast hover:text-foreground max-md:min-w-11 max-md:text-center max-md:leading-[42px]",
              current && "border-border-strong bg-secondary font-medium text-foreground",
            )}
          >
            {firstName(someone.name)}
          </Link>
        );
      })}
    </nav>
  );
}

function RemoveButton({ requestId, recipient }: { requestId: number; recipient: RecipientView }) {
  const { userId } = recipient.person;
  if (userId === null) return null;
  const name = firstName(recipient.person.name);
  return (
    <ActionButton
      iconOnly
      variant="ghost"
      size="rowIcon"
      icon={<UserMinus aria-hidden />}
      label={`Take ${name} away`}
      busyLabel="Removing"
      action={detachPersonAction.bind(null, { requestId, userId })}
      confirm={{
        title: `Take ${recipient.person.name} away from this request?`,
        description: `${name} gets nothing more about it. What was sent stays sent.`,
        button: `Take ${name} away`,
        destructive: true,
      }}
    />
  );
}
