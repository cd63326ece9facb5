import { RefreshCw } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ActionButton } from "@/components/action-button";
import { RunFindings } from "@/components/activity/run-findings";
import { ProgressLine } from "@/components/progress-line";
import { Moment } from "@/components/relative-time";
import { Page } from "@/components/shell/page";
import { StatusBadge } from "@/components/status-badge";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { countWords } from "@/lib/domain/views/count-words";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import { type Reader, sentenceMoment, whenPhrase } from "@/lib/domain/views/moment-words";
import {
  progressWords,
  type RunReportView,
  runEvidence,
  runVerdict,
} from "@/lib/domain/views/run-report";
import { loadRunReport } from "@/lib/web/loaders/run-report";
import { currentReader } from "@/lib/web/viewer";
import { checkForMissedAction } from "../../actions";

type Props = { params: Promise<{ id: string }> };

async function read({ params }: Props): Promise<RunReportView | null> {
  const { id } = await params;
  return /^\d{1,15}$/.test(id) ? loadRunReport(Number(id)) : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await read(props))?.name ?? "Run" };
}

export default async function RunPage(props: Props) {
  const [view, reader] = await Promise.all([read(props), currentReader()]);
  if (!view) notFound();
  return (
    <Page
      title={`${view.name}, ${whenPhrase(view.startedAt, reader)}`}
      parent={{ label: "Activity", href: "/activity?view=runs" }}
    >
      <div className="mb-5 flex items-end gap-6 max-md:mb-4 max-md:flex-col max-md:items-stretch max-md:gap-3 max-md:px-1">
        <div className="min-w-0 flex-1">
          <h1 className="verdict">{runVerdict(view)}</h1>
          <p className="num mt-1 text-muted-foreground max-md:text-sm">
            {runEvidence(view, reader.now)}
          </p>
        </div>
        {view.groups.some((group) => group.kind === "held") ? (
          <Button asChild variant="primary">
            <Link href="/notifications/held">Look at held mails</Link>
          </Button>
        ) : null}
        {view.finishedAt && view.compared ? (
          <ActionButton
            action={checkForMissedAction}
            icon={<RefreshCw aria-hidden />}
            label="Check again"
            busyLabel="Starting"
          />
        ) : null}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_372px] items-start gap-5 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4">
          {view.finishedAt === null ? (
            <Card className="px-4 py-4">
              <ProgressLine
                words={`${view.words ?? "Beginning"} · ${progressWords(view.progress)}`}
                {...view.progress}
              />
            </Card>
          ) : null}
          {view.groups.map((group) => (
            <RunFindings key={group.kind} group={group} />
          ))}
          {view.more > 0 ? (
            <p className="num px-1 text-sm text-muted-foreground">
              {countWords(view.more)} more are not shown.
            </p>
          ) : null}
          {view.groups.length === 0 && view.finishedAt ? (
            <Card>
              <p className="px-4 py-8 text-center text-sm text-muted-foreground">
                {view.error
                  ? fullSentence(view.error)
                  : view.compared
                    ? "Everybody had been told of everything that is there."
                    : "Nothing else to report."}
              </p>
            </Card>
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Run view={view} reader={reader} />
          {view.compared ? <Compared compared={view.compared} reader={reader} /> : null}
        </div>
      </div>
    </Page>
  );
}

function Run({ view, reader }: { view: RunReportView; reader: Reader }) {
  return (
    <Card>
      <CardHead title="Run" />
      <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-y-2 px-4 pt-3.5 pb-4 text-sm">
        <dt className="text-subtle-foreground">Began</dt>
        <dd>
          <Moment
            at={view.startedAt}
            reader={reader}
            words={sentenceMoment(view.startedAt, reader)}
          />
        </dd>
        {view.finishedAt ? (
          <>
            <dt className="text-subtle-foreground">Ended</dt>
            <dd>
              <Moment
                at={view.finishedAt}
                reader={reader}
                words={sentenceMoment(view.finishedAt, reader)}
              />
            </dd>
          </>
        ) : null}
        {view.words ? (
          <>
            <dt className="text-subtle-foreground">Result</dt>
            <dd className="text-pretty">{fullSentence(view.words)}</dd>
          </>
        ) : null}
      </dl>
    </Card>
  );
}

const outcomeBadge = {
  read: { kind: "up", word: "Read" },
  baseline: { kind: "told", word: "First time" },
  failed: { kind: "down", word: "Failed" },
} as const;

function Compared({
  compared,
  reader,
}: {
  compared: NonNullable<RunReportView["compared"]>;
  reader: Reader;
}) {
  return (
    <Card>
      <CardHead title="What was compared" />
      <ul className="py-1.5">
        {compared.services.map(({ name, outcome, words }) => (
          <li key={`${name} ${words}`} className="px-4 py-[7px] text-sm">
            <div className="flex items-center gap-2.5">
              <span className="truncate font-medium">{name}</span>
              <span className="ml-auto">
                <StatusBadge {...outcomeBadge[outcome]} />
              </span>
            </div>
            <div className="text-pretty text-xs break-words text-subtle-foreground">{words}</div>
          </li>
        ))}
      </ul>
      {compared.gaps.map(({ from, until }) => (
        <p
          key={from.getTime()}
          className="num border-t border-border px-4 py-3 text-sm text-muted-foreground"
        >
          BingeAlert did not run from {sentenceMoment(from, reader)} to{" "}
          {sentenceMoment(until, reader)}. What happened meanwhile was looked up.
        </p>
      ))}
    </Card>
  );
}
