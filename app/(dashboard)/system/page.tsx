import { ArrowRight, RefreshCw, RotateCw, Send, Trash2, Wrench } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActionButton } from "@/components/action-button";
import { DownloadTable } from "@/components/download-table";
import { AlertChannels } from "@/components/health/alert-channels";
import { FailingJobs } from "@/components/health/failing-jobs";
import { HealthServices } from "@/components/health/health-services";
import { JobList } from "@/components/health/job-list";
import { RestartButton } from "@/components/health/restart-button";
import { WatchedList } from "@/components/health/watched-list";
import { WorkerList } from "@/components/health/worker-list";
import { Notice } from "@/components/notice";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { type HealthView, healthVerdict } from "@/lib/domain/views/health";
import { type Reader, sentenceMoment, whenPhrase } from "@/lib/domain/views/moment-words";
import { jobNames } from "@/lib/services/runs/list-jobs";
import { loadDownloads } from "@/lib/web/loaders/downloads";
import { loadHealth } from "@/lib/web/loaders/health";
import { currentReader } from "@/lib/web/viewer";
import { restartAction, runJobAction, settleJobAction, testAlertAction } from "./actions";

export const metadata: Metadata = { title: "Health" };

export default async function HealthPage() {
  const [view, downloads, reader] = await Promise.all([
    loadHealth(),
    loadDownloads(),
    currentReader(),
  ]);
  return (
    <Page title="Health">
      <div className="mb-5 flex items-end gap-6 max-md:mb-4 max-md:flex-col max-md:items-stretch max-md:gap-3 max-md:px-1">
        <div className="min-w-0 flex-1">
          <h1 className="verdict">{healthVerdict(view)}</h1>
          <p className="num mt-1 text-muted-foreground max-md:text-sm">{evidence(view, reader)}</p>
        </div>
        <ActionButton
          action={runJobAction.bind(null, { name: "check-health" })}
          icon={<RefreshCw aria-hidden />}
          label="Check now"
          busyLabel="Starting"
        />
      </div>
      {view.maintenance ? (
        <div className="mb-5">
          <Notice tone="scheduled" icon={Wrench} title={`Maintenance: ${view.maintenance.title}`}>
            Nobody is told of trouble until {sentenceMoment(view.maintenance.endsAt, reader)}. What
            is still wrong then is told then.
          </Notice>
        </div>
      ) : null}
      <Card className="overflow-hidden">
        <HealthServices services={view.services} historyDays={view.historyDays} reader={reader} />
      </Card>
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)_372px] items-start gap-5 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHead title="Jobs" />
            <JobList jobs={view.jobs} reader={reader} runButton={runButton} />
          </Card>
          {view.failing.length > 0 ? (
            <Card>
              <CardHead title="Jobs that fail">
                <span className="num pr-1.5 text-xs text-subtle-foreground">
                  {view.failing.length}
                </span>
              </CardHead>
              <FailingJobs jobs={view.failing} reader={reader} actions={failingActions} />
            </Card>
          ) : null}
          {downloads.rows.length > 0 ? (
            <Card>
              <CardHead title="Downloads">
                <span className="num pr-1.5 text-xs text-subtle-foreground">
                  {downloads.stuck > 0
                    ? `${downloads.stuck} of ${downloads.total} stuck`
                    : downloads.total}
                </span>
              </CardHead>
              <DownloadTable rows={downloads.rows} reader={reader} />
            </Card>
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHead title="Also watched" />
            <WatchedList watched={view.watched} />
          </Card>
          <Card>
            <CardHead title="Workers">
              <RestartButton parts={view.restarts} restart={restartAction} />
            </CardHead>
            <WorkerList workers={view.workers} reader={reader} />
          </Card>
          <Card>
            <CardHead title="Alerts">
              <Button asChild variant="ghost" size="row">
                <Link href="/settings/alerts">
                  Settings
                  <ArrowRight aria-hidden />
                </Link>
              </Button>
            </CardHead>
            <AlertChannels
              channels={view.channels}
              deliveries={view.deliveries}
              reader={reader}
              testButton={testButton}
            />
          </Card>
        </div>
      </div>
    </Page>
  );
}

function evidence(view: HealthView, reader: Reader): string {
  if (view.isChecking) return "Every service is asked right now.";
  if (!view.checkedAt) return "The first check comes within a minute of the start.";
  const next = view.nextCheckAt ? `, again ${whenPhrase(view.nextCheckAt, reader)}` : "";
  return `Checked ${whenPhrase(view.checkedAt, reader)}${next}.`;
}

function runButton(job: HealthView["jobs"][number], icon: React.ReactNode) {
  const name = jobNames.find((known) => known === job.name);
  if (!name) return null;
  return (
    <ActionButton
      action={runJobAction.bind(null, { name })}
      icon={icon}
      label="Run"
      busyLabel="Starting"
      size="row"
    />
  );
}

function testButton({ channel }: HealthView["channels"][number]) {
  return (
    <ActionButton
      action={testAlertAction.bind(null, { channel })}
      icon={<Send aria-hidden />}
      label="Test"
      busyLabel="Sending"
      size="row"
    />
  );
}

function failingActions({ id: jobId }: HealthView["failing"][number]) {
  return (
    <>
      <ActionButton
        action={settleJobAction.bind(null, { jobId, verdict: "retry" })}
        icon={<RotateCw aria-hidden />}
        label="Try again"
        busyLabel="Trying"
        size="row"
      />
      <ActionButton
        action={settleJobAction.bind(null, { jobId, verdict: "discard" })}
        icon={<Trash2 aria-hidden />}
        label="Give up"
        busyLabel="Removing"
        variant="danger"
        size="row"
        confirm={{
          title: "Give up this job?",
          description:
            "What it was to do is not done. Mails and requests are looked at again by the next check.",
          button: "Give up",
          destructive: true,
        }}
      />
    </>
  );
}
