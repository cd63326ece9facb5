import { Archive, Download, OctagonX, Send, Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { ActionButton } from "@/components/action-button";
import { BackupList, checkWords, RestoreList } from "@/components/backups/backup-list";
import { BackupUpload } from "@/components/backups/backup-upload";
import { RestoreDialog } from "@/components/backups/restore-dialog";
import { EmptyState } from "@/components/empty-state";
import { Notice } from "@/components/notice";
import { ProgressLine } from "@/components/progress-line";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { below } from "@/lib/base-path";
import { backupKindWords, sizeWords } from "@/lib/domain/backup";
import type { BackupsView, BackupView } from "@/lib/domain/views/backups";
import { plural } from "@/lib/domain/views/count-words";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import { exactMoment, type Reader, whenPhrase } from "@/lib/domain/views/moment-words";
import { loadBackups } from "@/lib/web/loaders/backups";
import { currentReader } from "@/lib/web/viewer";
import {
  deleteBackupAction,
  makeBackupAction,
  releaseSwallowedAction,
  restoreBackupAction,
} from "./actions";

export const metadata: Metadata = { title: "Backups" };

export default async function BackupsPage() {
  const [view, reader] = await Promise.all([loadBackups(), currentReader()]);
  const restoring = view.restores.find((restore) => restore.outcome === null);
  const hasSide = view.restores.length > 0 || view.swallowed.count > 0;
  return (
    <Page title="Backups">
      <div className="mb-5 flex items-end gap-4 max-md:flex-col max-md:items-stretch max-md:px-1">
        <div className="min-w-0 flex-1">
          <h1 className="verdict">{verdict(view, reader)}</h1>
          <p className="num mt-1 text-muted-foreground">{evidence(view, reader)}</p>
        </div>
        <div className="flex gap-2">
          <BackupUpload />
          <ActionButton
            action={makeBackupAction}
            icon={<Archive aria-hidden />}
            label="Back up now"
            busyLabel="Starting"
            variant="primary"
          />
        </div>
      </div>
      {view.failure && !view.running ? (
        <div className="mb-5">
          <Notice tone="failed" icon={OctagonX} title="The last backup failed">
            {fullSentence(view.failure)} Earlier backups are untouched.
          </Notice>
        </div>
      ) : null}
      <div
        className={cn("grid items-start gap-5", hasSide && "xl:grid-cols-[minmax(0,1fr)_372px]")}
      >
        <Card className="min-w-0 overflow-hidden">
          {view.running ? (
            <div className="border-b border-border px-4 py-3">
              <ProgressLine {...view.running} />
            </div>
          ) : null}
          {view.backups.length === 0 ? (
            <EmptyState>
              There is no backup yet. The first one is made by itself within minutes, or now by the
              button above.
            </EmptyState>
          ) : (
            <BackupList
              backups={view.backups}
              reader={reader}
              actions={(backup) => <BackupActions backup={backup} reader={reader} />}
            />
          )}
        </Card>
        <div className="flex min-w-0 flex-col gap-5">
          {restoring ? (
            <Card className="px-4 py-3.5">
              <ProgressLine words={restoring.words} done={0} total={null} />
            </Card>
          ) : null}
          {view.swallowed.count > 0 ? <Swallowed swallowed={view.swallowed} /> : null}
          {view.restores.length > 0 ? (
            <Card>
              <CardHead title="Restores" />
              <RestoreList restores={view.restores} reader={reader} />
            </Card>
          ) : null}
        </div>
      </div>
    </Page>
  );
}

function verdict({ backups }: BackupsView, reader: Reader): string {
  const [newest] = backups;
  if (!newest) return "There is no backup yet.";
  const state = { whole: "and is whole", damaged: "and is damaged", unchecked: "" };
  const made = `The last backup was made ${whenPhrase(newest.at, reader)}`;
  return `${[made, state[newest.check.kind]].filter(Boolean).join(" ")}.`;
}

function evidence({ nextAt, keep, freeBytes }: BackupsView, reader: Reader): string {
  const next = !nextAt
    ? "None is made by itself."
    : nextAt <= reader.now
      ? "The next one is due now."
      : `The next one is made ${whenPhrase(nextAt, reader)}.`;
  return `${next} The ${keep} newest of those are kept, others until you delete them; ${sizeWords(freeBytes)} are free.`;
}

function BackupActions({ backup, reader }: { backup: BackupView; reader: Reader }) {
  const { fileName, kind, at, check } = backup;
  const made = `${backupKindWords[kind]}, ${exactMoment(at, reader.timeZone)}.`;
  return (
    <>
      <Button asChild size="row" variant="ghost">
        <a href={below(`/api/v1/backups/${fileName}/file`)} download={fileName}>
          <Download aria-hidden />
          Download
        </a>
      </Button>
      {check.kind === "damaged" ? null : (
        <RestoreDialog
          made={made}
          check={checkWords(check)}
          action={restoreBackupAction.bind(null, fileName)}
        />
      )}
      <ActionButton
        action={deleteBackupAction.bind(null, { fileName })}
        icon={<Trash2 aria-hidden />}
        label="Delete"
        busyLabel="Deleting"
        iconOnly
        variant="danger"
        size="rowIcon"
        confirm={{
          title: "Delete this backup?",
          description: `${made} It cannot be brought back.`,
          button: "Delete it",
          destructive: true,
        }}
      />
    </>
  );
}

/** What the marking after a restore kept from people; one may know better. */
function Swallowed({ swallowed }: { swallowed: BackupsView["swallowed"] }) {
  const { count, rows } = swallowed;
  return (
    <Card>
      <CardHead title="Not told after the restore">
        <ActionButton
          action={releaseSwallowedAction.bind(null, { ids: "all" })}
          icon={<Send aria-hidden />}
          label={`Release ${count}`}
          busyLabel="Releasing"
          size="row"
          confirm={{
            title: `Tell people of ${plural(count, "thing")} after all?`,
            description:
              "Each leaves when Plex plays it. Somebody who was told before the restore could get it twice.",
            button: `Release ${plural(count, "thing")}`,
          }}
        />
      </CardHead>
      <ul>
        {rows.map((row) => (
          <li
            key={row.id}
            className="flex min-h-12 items-center gap-3 border-b border-border px-4 py-1.5 text-sm last:border-0"
          >
            <span className="min-w-0 flex-1">
              <span dir="auto" className="block truncate font-medium" title={row.title}>
                {row.title}
              </span>
              <span className="block truncate text-xs text-muted-foreground">
                {row.what}, {row.personName}
              </span>
            </span>
            <ActionButton
              action={releaseSwallowedAction.bind(null, { ids: [row.id] })}
              icon={<Send aria-hidden />}
              label={`Tell ${row.personName} of it`}
              busyLabel="Releasing"
              iconOnly
              variant="ghost"
              size="rowIcon"
            />
          </li>
        ))}
      </ul>
      {rows.length < count ? (
        <p className="num px-4 py-2.5 text-xs text-subtle-foreground">
          {count - rows.length} more are not shown.
        </p>
      ) : null}
    </Card>
  );
}
