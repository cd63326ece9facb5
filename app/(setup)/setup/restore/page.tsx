import { restoreBackupAction } from "@/app/(dashboard)/backups/actions";
import { BackupList, checkWords, RestoreList } from "@/components/backups/backup-list";
import { BackupUpload } from "@/components/backups/backup-upload";
import { RestoreDialog } from "@/components/backups/restore-dialog";
import { EmptyState } from "@/components/empty-state";
import { ProgressLine } from "@/components/progress-line";
import { WizardFoot, WizardPage } from "@/components/setup/wizard-page";
import { LiveConnection } from "@/components/shell/live-connection";
import { Card, CardHead } from "@/components/ui/card";
import { backupKindWords } from "@/lib/domain/backup";
import { exactMoment } from "@/lib/domain/views/moment-words";
import { loadBackups } from "@/lib/web/loaders/backups";
import { loadSetup } from "@/lib/web/loaders/setup";
import { currentReader } from "@/lib/web/viewer";

export const metadata = { title: "Restore a backup" };

export default async function RestorePage() {
  const readAt = Date.now();
  const [setup, view, reader] = await Promise.all([loadSetup(), loadBackups(), currentReader()]);
  const restoring = view.restores.find((restore) => restore.outcome === null);
  return (
    <LiveConnection readAt={readAt}>
      <WizardPage
        place="welcome"
        done={setup.done}
        title="Restore a backup"
        lead="Upload a .backup file. It is read whole before anything changes, no mail is sent, and set-up ends with it. Keys and passwords are in no backup: enter them under Settings afterwards."
      >
        <div className="grid grid-cols-1 gap-4">
          <div>
            <BackupUpload variant={view.backups.length === 0 ? "primary" : "secondary"} />
          </div>
          {restoring ? (
            <Card className="px-4 py-3.5">
              <ProgressLine words={restoring.words} done={0} total={null} />
            </Card>
          ) : null}
          <Card className="overflow-hidden">
            {view.backups.length === 0 ? (
              <EmptyState>There is no backup on this machine yet: upload one.</EmptyState>
            ) : (
              <BackupList
                backups={view.backups}
                reader={reader}
                actions={({ fileName, kind, at, check }) =>
                  check.kind === "damaged" ? null : (
                    <RestoreDialog
                      made={`${backupKindWords[kind]}, ${exactMoment(at, reader.timeZone)}.`}
                      check={checkWords(check)}
                      action={restoreBackupAction.bind(null, fileName)}
                    />
                  )
                }
              />
            )}
          </Card>
          {view.restores.length > 0 ? (
            <Card>
              <CardHead title="Restores" />
              <RestoreList restores={view.restores} reader={reader} />
            </Card>
          ) : null}
        </div>
        <WizardFoot back={{ href: "/setup", name: "Welcome" }}>{null}</WizardFoot>
      </WizardPage>
    </LiveConnection>
  );
}
