import { ArrowRight, RefreshCw } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActionButton } from "@/components/action-button";
import { ChartBeside } from "@/components/charts/chart-beside";
import { Figure } from "@/components/charts/figure";
import { MailChart, MailChartLegend, MailChartTable } from "@/components/charts/mail-chart";
import { NeedsYou } from "@/components/overview/needs-you";
import { NextUp } from "@/components/overview/next-up";
import { OnItsWay } from "@/components/overview/on-its-way";
import { ServiceStandings } from "@/components/overview/service-standings";
import { SetupList } from "@/components/overview/setup-list";
import { ToldToday } from "@/components/overview/told-today";
import { ProgressLine } from "@/components/progress-line";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { countWords, sentenceCount } from "@/lib/domain/views/count-words";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import { agoWords, type Reader } from "@/lib/domain/views/moment-words";
import type { OverviewView } from "@/lib/domain/views/overview";
import type { SetupGapView } from "@/lib/domain/views/setup-gaps";
import type { UpcomingEntryView } from "@/lib/domain/views/upcoming";
import { checkTime, loadOverview } from "@/lib/web/loaders/overview";
import { loadNextUp } from "@/lib/web/loaders/upcoming";
import { currentReader } from "@/lib/web/viewer";
import { checkForMissedAction } from "./actions";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const [view, nextUp, reader] = await Promise.all([
    loadOverview(),
    loadNextUp(4),
    currentReader(),
  ]);
  return (
    <Page title="Overview">
      <div className="mb-5 flex items-end gap-6 max-md:mb-4 max-md:flex-col max-md:items-stretch max-md:gap-3 max-md:px-1">
        <div className="min-w-0 flex-1">
          <h1 className="verdict">{verdict(view)}</h1>
          <p className="num mt-1 text-muted-foreground max-md:text-sm">
            {evidence(view, reader)} <CheckReport view={view} />
          </p>
          {view.runningCheck ? (
            <div className="mt-3 max-w-[420px]">
              <ProgressLine {...view.runningCheck} />
            </div>
          ) : null}
        </div>
        <ActionButton
          action={checkForMissedAction}
          icon={<RefreshCw aria-hidden />}
          label="Check for missed"
          busyLabel="Checking"
          className="max-md:hidden"
        />
      </div>
      {view.knowsNothing ? (
        <FirstDay gaps={view.setup} />
      ) : (
        <Evidence view={view} nextUp={nextUp} reader={reader} />
      )}
    </Page>
  );
}

function Evidence({
  view,
  nextUp,
  reader,
}: {
  view: OverviewView;
  nextUp: UpcomingEntryView[];
  reader: Reader;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_372px] gap-5 max-xl:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-4 max-xl:contents">
        {view.needsYou.length > 0 ? (
          <Card className="max-xl:order-1">
            <CardHead title="Needs you" className="max-md:hidden">
              <span className="num pr-1.5 text-xs text-subtle-foreground">
                {view.needsYou.length}
              </span>
            </CardHead>
            <NeedsYou items={view.needsYou} />
          </Card>
        ) : null}
        <Card className="max-xl:order-4">
          <CardHead title="Mails sent">
            <MailChartLegend days={view.days} />
          </CardHead>
          <ChartBeside
            figures={
              <>
                <Figure value={countWords(view.thisWeek)} words={weekWords(view)} />
                {view.medianMinutesToTold === null ? null : (
                  <Figure
                    value={minuteWords(view.medianMinutesToTold)}
                    words="from playable to told"
                  />
                )}
              </>
            }
            wide={<MailChart days={view.days} />}
            narrow={<MailChart days={view.days.slice(-7)} width={264} />}
          />
          <MailChartTable days={view.days} />
        </Card>
        <Card className="max-xl:order-3">
          <CardHead title="Told today">
            <Button asChild variant="ghost" size="row">
              <Link href="/notifications?tab=sent_today">
                All mails
                <ArrowRight aria-hidden />
              </Link>
            </Button>
          </CardHead>
          {view.toldToday.length > 0 ? (
            <ToldToday items={view.toldToday} reader={reader} />
          ) : (
            <p className="px-4 py-8 text-center text-sm text-muted-foreground">
              Nobody has been told anything today.
            </p>
          )}
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-4 max-xl:contents">
        <Card className="max-xl:order-2">
          <CardHead title="On its way">
            {view.onItsWay.length > 0 ? (
              <span className="pr-1.5 text-xs text-subtle-foreground">leaves in</span>
            ) : null}
          </CardHead>
          {view.onItsWay.length > 0 ? (
            <OnItsWay items={view.onItsWay} reader={reader} />
          ) : (
            <p className="px-4 py-8 text-center text-sm text-muted-foreground">
              Nothing gathers or waits for Plex right now.
            </p>
          )}
        </Card>
        {nextUp.length > 0 ? (
          <Card className="max-xl:order-5">
            <CardHead title="Next up">
              <Button asChild variant="ghost" size="row">
                <Link href="/upcoming">
                  Upcoming
                  <ArrowRight aria-hidden />
                </Link>
              </Button>
            </CardHead>
            <NextUp entries={nextUp} reader={reader} />
          </Card>
        ) : null}
        {view.setup.length > 0 ? (
          <Card className={blocked(view) ? "max-xl:order-first" : "max-xl:order-5"}>
            <CardHead title="Not set up" />
            <SetupList gaps={view.setup} />
          </Card>
        ) : null}
        <Card className="max-xl:order-6">
          <CardHead title="Services">
            <Button asChild variant="ghost" size="row">
              <Link href="/system">
                Health
                <ArrowRight aria-hidden />
              </Link>
            </Button>
          </CardHead>
          <ServiceStandings services={view.services} />
        </Card>
      </div>
    </div>
  );
}

/** The way to what the check found, or finds. */
function CheckReport({ view }: { view: OverviewView }) {
  const runId = view.runningCheck?.runId ?? view.lastCheck?.runId;
  return runId === undefined ? null : (
    <Link
      href={`/runs/${runId}`}
      className="whitespace-nowrap text-primary-text underline underline-offset-2"
    >
      See the report
    </Link>
  );
}

/** Nothing is known yet: what to connect, then where the webhooks go. */
function FirstDay({ gaps }: { gaps: SetupGapView[] }) {
  return (
    <div className="grid grid-cols-2 items-start gap-4 max-lg:grid-cols-1">
      {gaps.length > 0 ? (
        <Card>
          <CardHead title="To connect" />
          <SetupList gaps={gaps} />
          <p className="border-t border-border px-4 py-3 text-sm text-muted-foreground">
            These names can also be given as environment variables, or in the file{" "}
            <span className="mono">.env</span> of the config folder.
          </p>
        </Card>
      ) : null}
      <Card>
        <CardHead title="Webhooks" />
        <p className="px-4 pt-3.5 text-pretty text-muted-foreground">
          Nobody has asked for anything yet. New requests appear here as soon as Seerr reports them.
          Add a webhook in each service, to this address followed by:
        </p>
        <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-y-2 px-4 pt-3 pb-4 text-sm">
          {webhookPaths.map(([service, path]) => (
            <div key={service} className="contents">
              <dt className="text-subtle-foreground">{service}</dt>
              <dd className="mono">{path}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}

const webhookPaths = [
  ["Seerr", "/webhooks/seerr"],
  ["Sonarr", "/webhooks/sonarr"],
  ["Radarr", "/webhooks/radarr"],
] as const;

/** Whether mails cannot leave at all. */
const blocked = (view: OverviewView) => view.setup.some((gap) => gap.weight === "blocks");

function verdict(view: OverviewView): string {
  if (blocked(view)) {
    return view.knowsNothing
      ? "BingeAlert runs. Connect your services next."
      : "Not everything is connected, so not every mail leaves.";
  }
  if (view.knowsNothing) return "Ready, and listening.";
  const count = view.needsYou.length;
  const rest = view.onItsWay.length > 0 ? " The rest is on its way." : "";
  if (count === 0) {
    return view.onItsWay.length > 0
      ? "Nothing needs you. Mails are on their way."
      : "Nothing needs you.";
  }
  return `${sentenceCount(count)} ${count === 1 ? "thing needs" : "things need"} you.${rest}`;
}

function evidence(view: OverviewView, reader: Reader): string {
  const parts: string[] = [];
  parts.push(
    view.lastWebhook
      ? `Last webhook ${agoWords(view.lastWebhook.at, reader.now)} from ${view.lastWebhook.from}.`
      : "No webhook has arrived yet.",
  );
  if (view.runningCheck) parts.push("A full check is running.");
  else if (view.lastCheck) {
    const when = checkTime(view.lastCheck.at, reader);
    parts.push(
      view.lastCheck.outcome === "ok"
        ? `Last full check ${when}${view.lastCheck.words ? `: ${fullSentence(view.lastCheck.words)}` : "."}`
        : `The full check ${when} did not finish; the next one makes up for it.`,
    );
  }
  return parts.join(" ");
}

function weekWords({ thisWeek, lastWeek }: OverviewView): string {
  const more = thisWeek - lastWeek;
  if (lastWeek === 0 || more === 0) return "this week";
  return more > 0 ? `this week, ${more} more` : `this week, ${-more} fewer`;
}

function minuteWords(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)} s`;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return `${(minutes / 60).toFixed(1)} h`;
}
