import { OctagonX, RefreshCw } from "lucide-react";
import { ActionButton } from "@/components/action-button";
import { Notice } from "@/components/notice";
import { Poster } from "@/components/poster";
import { StepButton } from "@/components/setup/step-button";
import { SyncLines } from "@/components/setup/sync-lines";
import { stepTitle, WizardFoot, WizardPage } from "@/components/setup/wizard-page";
import { LiveConnection } from "@/components/shell/live-connection";
import { Card, CardHead } from "@/components/ui/card";
import { plural } from "@/lib/domain/views/count-words";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import type { SyncView } from "@/lib/domain/views/setup";
import { loadStep, loadSyncStep } from "@/lib/web/loaders/setup";
import { startSyncAction } from "../actions";

export const metadata = { title: stepTitle("sync") };

export default async function SyncPage() {
  const readAt = Date.now();
  const [setup, view] = await Promise.all([loadStep("sync"), loadSyncStep()]);
  return (
    <LiveConnection readAt={readAt}>
      <WizardPage
        place="sync"
        done={setup.done}
        title={
          view.isDone
            ? `${plural(view.requests, "request")} known. Nobody is mailed about the past.`
            : "The first sync"
        }
        lead={
          view.isDone
            ? `${plural(view.people, "person", "people")} and what they asked for. What is there already counts as known.`
            : "It reads who there is, what they asked for, and what is there already. Nobody is mailed about it."
        }
      >
        <p role="status" className="sr-only">
          {view.isDone
            ? `Everything was read: ${plural(view.requests, "request")} known. You can continue.`
            : ""}
        </p>
        <div className="grid grid-cols-1 gap-4">
          {view.failure && !view.isRunning ? (
            <Notice tone="failed" icon={OctagonX} title="The sync did not finish">
              {fullSentence(view.failure)} What was read stays.
            </Notice>
          ) : null}
          <Card>
            <SyncLines lines={view.lines} />
          </Card>
          {view.isDone && view.titles.length > 0 ? <Titles view={view} /> : null}
          {view.isDone || view.isRunning ? null : (
            <div>
              <ActionButton
                action={startSyncAction}
                icon={<RefreshCw aria-hidden />}
                label="Sync again"
                busyLabel="Starting"
              />
            </div>
          )}
        </div>
        <WizardFoot
          back={{ href: "/setup/services", name: "Services" }}
          reason={view.isDone ? null : "It goes on when everything was read"}
        >
          <StepButton actions={[]} href="/setup/behaviour" isReady={view.isDone} />
        </WizardFoot>
      </WizardPage>
    </LiveConnection>
  );
}

function Titles({ view }: { view: SyncView }) {
  const more = view.requests - view.titles.length;
  return (
    <Card>
      <CardHead title="The newest of them" />
      <ul className="grid grid-cols-2 gap-x-4 py-1.5 max-sm:grid-cols-1">
        {view.titles.map(({ id, title, year, posterPath, requester }) => (
          <li key={id} className="flex min-w-0 items-center gap-3 px-4 py-2">
            <Poster path={posterPath} title={title} size="table" />
            <div className="min-w-0">
              <div className="truncate text-sm font-medium" title={title}>
                <bdi>{title}</bdi>
                {year ? (
                  <span className="num font-normal text-muted-foreground"> {year}</span>
                ) : null}
              </div>
              <div className="truncate text-sm text-muted-foreground">
                {requester ? `Asked for by ${requester}` : "Who asked is not known yet"}
              </div>
            </div>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="num border-t border-border px-4 py-2.5 text-sm text-muted-foreground">
          And {plural(more, "more request")}.
        </p>
      ) : null}
    </Card>
  );
}
