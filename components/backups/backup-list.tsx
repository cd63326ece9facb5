import { CircleCheck, CircleHelp, OctagonX } from "lucide-react";
import type { ReactNode } from "react";
import { backupKindWords, sizeWords } from "@/lib/domain/backup";
import type { BackupView, RestoreView } from "@/lib/domain/views/backups";
import { plural } from "@/lib/domain/views/count-words";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import type { Reader } from "@/lib/domain/views/moment-words";
import { Moment } from "../relative-time";

const th =
  "h-9 border-b border-border px-3 text-left text-xs font-medium text-subtle-foreground first:pl-4 last:pr-4";

/** The backups: when and why made, how large, whether whole, and what can be done with each. */
export function BackupList({
  backups,
  reader,
  actions,
}: {
  backups: BackupView[];
  reader: Reader;
  actions: (backup: BackupView) => ReactNode;
}) {
  return (
    <table className="w-full table-fixed text-sm max-md:block">
      <thead className="max-md:sr-only">
        <tr>
          <th scope="col" className={`${th} w-[26%]`}>
            Made
          </th>
          <th scope="col" className={th}>
            Checked
          </th>
          <th scope="col" className={`${th} w-24 text-right`}>
            Size
          </th>
          <th scope="col" className={`${th} w-[270px]`}>
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {backups.map((backup) => (
          <tr
            key={backup.fileName}
            className="h-[60px] border-b border-border last:border-0 max-md:grid max-md:h-auto max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3"
          >
            <th
              scope="row"
              title={backup.fileName}
              className="px-3 pl-4 text-left font-medium max-md:p-0"
            >
              <Moment at={backup.at} reader={reader} />
              <span className="block text-xs font-normal text-muted-foreground">
                {backupKindWords[backup.kind]}
              </span>
            </th>
            <td className="px-3 max-md:order-3 max-md:col-span-2 max-md:p-0">
              <Check check={backup.check} />
            </td>
            <td className="num px-3 text-right text-muted-foreground max-md:p-0">
              {sizeWords(backup.sizeBytes)}
            </td>
            <td className="px-3 pr-4 max-md:order-4 max-md:col-span-2 max-md:p-0 max-md:pt-1">
              <div className="flex justify-end gap-1.5 max-md:justify-start">{actions(backup)}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Check({ check }: { check: BackupView["check"] }) {
  const [Icon, tone] =
    check.kind === "whole"
      ? ([CircleCheck, "tone-sent"] as const)
      : check.kind === "damaged"
        ? ([OctagonX, "tone-failed"] as const)
        : ([CircleHelp, "tone-cancelled"] as const);
  return (
    <span className={`${tone} flex items-start gap-1.5`}>
      <Icon aria-hidden className="mt-[3px] size-3.5 shrink-0 text-tone" />
      <span className="num min-w-0">{checkWords(check)}</span>
    </span>
  );
}

/** What reading a backup whole came to, as a sentence. */
export function checkWords(check: BackupView["check"]): string {
  switch (check.kind) {
    case "whole":
      return `Whole, ${plural(check.rows, "row")}.`;
    case "damaged":
      return fullSentence(check.because);
    case "unchecked":
      return "Not read whole yet.";
  }
}

/** Restores of the past and the one under way. */
export function RestoreList({ restores, reader }: { restores: RestoreView[]; reader: Reader }) {
  return (
    <ul>
      {restores.map((restore) => (
        <li key={restore.id} className="border-b border-border px-4 py-2.5 text-sm last:border-0">
          <div className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 font-medium">
              {restore.outcome === "restored"
                ? "Restored"
                : restore.outcome === "failed"
                  ? "Not restored"
                  : "Restoring"}
            </span>
            <span className="num text-xs text-subtle-foreground">
              <Moment at={restore.startedAt} reader={reader} />
            </span>
          </div>
          <p className="num break-words text-muted-foreground">{fullSentence(restore.words)}</p>
        </li>
      ))}
    </ul>
  );
}
