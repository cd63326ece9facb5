import { CircleCheck, ExternalLink, Flag } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ActionButton } from "@/components/action-button";
import { FixButton } from "@/components/issues/fix-button";
import { Poster } from "@/components/poster";
import { Moment } from "@/components/relative-time";
import { Page } from "@/components/shell/page";
import { StatusBadge } from "@/components/status-badge";
import { statusIcon } from "@/components/status-mark";
import { Timeline } from "@/components/timeline/timeline";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Tag } from "@/components/ui/tag";
import type { IssueAttemptView, IssueDetailView } from "@/lib/domain/views/issues";
import { longDate, type Reader } from "@/lib/domain/views/moment-words";
import { toneOfStatus } from "@/lib/domain/views/status";
import { loadIssueDetail } from "@/lib/web/loaders/issues";
import { currentReader } from "@/lib/web/viewer";
import { SentenceZone } from "../../sentence-zone";
import { fixIssueAction, rehearseFixAction, resolveIssueAction } from "../actions";

type Props = { params: Promise<{ id: string }> };

async function read({ params }: Props): Promise<IssueDetailView | null> {
  const { id } = await params;
  return /^[1-9]\d{0,8}$/.test(id) ? loadIssueDetail(Number(id)) : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const view = await read(props);
  return { title: view ? `Issue: ${view.title}` : "Issue" };
}

export default async function IssuePage(props: Props) {
  const view = await read(props);
  if (!view) notFound();
  const reader = await currentReader();
  return (
    <Page title={view.title} parent={{ label: "Issues", href: "/issues" }}>
      <Hero view={view} reader={reader} />
      <div className="grid grid-cols-[minmax(0,1fr)_372px] items-start gap-5 max-xl:grid-cols-1 max-md:mt-4">
        <Card className="max-xl:order-2">
          <CardHead title="Timeline" />
          <div className="pt-5 pr-5 pb-1.5 pl-1 max-md:px-2 max-md:pt-3">
            <Timeline view={view.timeline} reader={reader} />
            <SentenceZone rows={view.timeline.past} />
          </div>
        </Card>
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHead title="Report">
              <StatusBadge kind={view.state.kind} word={view.state.word} />
            </CardHead>
            <div className="flex flex-col gap-2 px-4 pt-3.5 pb-4 text-sm">
              <div className="font-medium">
                {view.problem} · {view.about}
              </div>
              {view.message ? (
                <p dir="auto" className="break-words whitespace-pre-wrap text-muted-foreground">
                  {view.message}
                </p>
              ) : (
                <p className="text-subtle-foreground">Nothing was written about it.</p>
              )}
              {view.state.detail ? (
                <p className="text-pretty text-muted-foreground">{view.state.detail}</p>
              ) : null}
            </div>
          </Card>
          <Card>
            <CardHead title="Repairs" />
            {view.attempts.length > 0 ? (
              <Attempts attempts={view.attempts} reader={reader} />
            ) : (
              <p className="px-4 py-6 text-sm text-muted-foreground">
                None yet. A repair puts the release on the blocklist and searches again; there are
                three at most.
              </p>
            )}
          </Card>
          <Card>
            <CardHead title="Details" />
            <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-y-2 px-4 pt-3.5 pb-4 text-sm">
              {view.facts.map((fact) => (
                <div key={fact.term} className="contents">
                  <dt className="text-subtle-foreground">{fact.term}</dt>
                  <dd className={fact.mono ? "mono break-words" : "break-words"}>{fact.value}</dd>
                </div>
              ))}
              {view.requestId === null ? null : (
                <>
                  <dt className="text-subtle-foreground">Request</dt>
                  <dd>
                    <Link className="underline" href={`/requests/${view.requestId}`}>
                      Open its timeline
                    </Link>
                  </dd>
                </>
              )}
            </dl>
          </Card>
        </div>
      </div>
    </Page>
  );
}

function Hero({ view, reader }: { view: IssueDetailView; reader: Reader }) {
  const { id: issueId } = view;
  return (
    <div className="mb-6 grid grid-cols-[104px_minmax(0,1fr)] gap-x-6 max-md:mb-0 max-md:grid-cols-[68px_minmax(0,1fr)] max-md:gap-x-3.5 max-md:px-1">
      <Poster
        size="detail"
        path={view.posterPath}
        title={view.title}
        alt={`Poster: ${view.title}`}
        className="row-span-2 max-md:row-span-1"
      />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 pt-0.5">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
          <h1 dir="auto" className="page-title break-words max-md:w-full">
            {view.title}
          </h1>
          {view.year ? (
            <span className="num text-muted-foreground max-md:hidden">{view.year}</span>
          ) : null}
          <Tag>{view.about}</Tag>
          <Tag>{view.isFourK ? "4K" : "HD"}</Tag>
        </div>
        <div className="flex flex-wrap gap-2 max-md:hidden">
          <Actions view={view} />
        </div>
      </div>
      <div className="flex flex-col pt-3 max-md:col-span-2 max-md:pt-4">
        <p className="verdict max-w-[760px] max-md:!text-[18px] max-md:!leading-[25px] max-md:!text-pretty">
          {view.verdict}
        </p>
        <div className="mt-auto flex flex-wrap gap-x-5 gap-y-1 pt-4 pb-0.5 text-sm text-muted-foreground">
          <span className="inline-flex items-center gap-1.5">
            <Flag aria-hidden className="size-3.5" />
            Reported by {view.reporter.name}, {longDate(view.reportedAt, reader)}
          </span>
        </div>
        <div key={issueId} className="hidden flex-wrap gap-2 pt-4 max-md:flex">
          <Actions view={view} />
        </div>
      </div>
    </div>
  );
}

function Actions({ view }: { view: IssueDetailView }) {
  const input = { issueId: view.id };
  return (
    <>
      {view.seerrUrl ? (
        <Button asChild>
          <a href={view.seerrUrl} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden />
            Open in Seerr
          </a>
        </Button>
      ) : null}
      {view.canResolve ? (
        <ActionButton
          action={resolveIssueAction.bind(null, input)}
          icon={<CircleCheck aria-hidden />}
          label="Resolve"
          busyLabel="Resolving"
          confirm={{
            title: "Resolve this issue?",
            description: "It is closed in Seerr, too. Nobody is mailed, and nothing more is tried.",
            button: "Resolve the issue",
          }}
        />
      ) : null}
      {view.canFix ? (
        <FixButton
          title={view.title}
          isAgain={view.attempts.length > 0}
          rehearse={rehearseFixAction.bind(null, input)}
          fix={fixIssueAction.bind(null, input)}
        />
      ) : null}
    </>
  );
}

function Attempts({ attempts, reader }: { attempts: IssueAttemptView[]; reader: Reader }) {
  return (
    <ol>
      {attempts.map((attempt) => {
        const Icon = statusIcon(attempt.state);
        return (
          <li
            key={attempt.number}
            className={`tone-${toneOfStatus[attempt.state]} grid grid-cols-[22px_minmax(0,1fr)_auto] gap-x-2 border-b border-border px-4 py-3 text-sm last:border-0`}
          >
            <Icon aria-hidden className="mt-0.5 size-[15px] text-tone !stroke-2" />
            <span className="font-medium">{attempt.words}</span>
            <span className="text-xs/5 text-subtle-foreground">
              <Moment at={attempt.startedAt} reader={reader} />
            </span>
            <div className="col-start-2 col-end-4 flex flex-col gap-1 text-muted-foreground">
              {attempt.outcome ? <span>{attempt.outcome}</span> : null}
              {attempt.blocked.map((release) => (
                <span key={release} className="mono break-all">
                  Blocked: {release}
                </span>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
