import { Check, Clock, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { plural } from "@/lib/domain/views/count-words";
import type { MaintenanceMailView, MaintenanceWindowView } from "@/lib/domain/views/maintenance";
import { exactSpan, type Reader, whenPhrase } from "@/lib/domain/views/moment-words";
import { Moment } from "../relative-time";
import { Card, CardHead } from "../ui/card";

/** A window that is to come or goes on: its times, what it pauses, its mails. */
export function MaintenanceCard({
  window,
  reader,
  children,
}: {
  window: MaintenanceWindowView;
  reader: Reader;
  /** What can be done about it. */
  children: ReactNode;
}) {
  const goesOn = window.status === "active";
  return (
    <Card className={goesOn ? "tone-sending tinted-edge" : ""}>
      <CardHead title={window.title}>{children}</CardHead>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-6 p-4 max-md:grid-cols-1">
        <div className="min-w-0">
          <p className="num">{exactSpan(window.startsAt, window.endsAt, reader.timeZone)}</p>
          {window.zone === reader.timeZone ? null : (
            <p className="text-sm text-subtle-foreground">Given in the zone {window.zone}.</p>
          )}
          {window.text ? (
            <p className="mt-2 text-sm break-words whitespace-pre-line text-muted-foreground">
              {window.text}
            </p>
          ) : null}
          <p className="mt-2 text-sm text-muted-foreground">
            {goesOn ? "Now" : "Meanwhile"} mails to people wait, monitors and repairs rest, and you
            are not told of trouble. Webhooks are taken as always; what gathered leaves folded
            afterwards.
          </p>
        </div>
        <ol aria-label="Mails" className="grid content-start gap-2.5">
          {window.mails.map((mail) => (
            <MailStep key={mail.label} mail={mail} reader={reader} />
          ))}
        </ol>
      </div>
    </Card>
  );
}

function MailStep({ mail, reader }: { mail: MaintenanceMailView; reader: Reader }) {
  const { at, sent, waiting, label, note } = mail;
  const Icon = sent > 0 ? Check : at === null ? Minus : Clock;
  const tone = sent > 0 ? "tone-sent" : at === null ? "tone-cancelled" : "tone-scheduled";
  const counted = [
    ...(sent > 0 ? [`${plural(sent, "mail")} sent`] : []),
    ...(waiting > 0 ? [`${plural(waiting, "mail")} on the way`] : []),
  ].join(", ");
  return (
    <li className={`${tone} flex items-start gap-2.5 text-sm`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-tone" />
      <span className="min-w-0">
        <span className="font-medium">{label}</span>{" "}
        <span className="num text-muted-foreground">
          {note ?? (counted || (at ? whenPhrase(at, reader) : ""))}
        </span>
      </span>
    </li>
  );
}

/** Windows that are over, one line each. */
export function PastWindows({
  windows,
  reader,
}: {
  windows: MaintenanceWindowView[];
  reader: Reader;
}) {
  return (
    <ul>
      {windows.map((window) => {
        const sent = window.mails.reduce((sum, mail) => sum + mail.sent, 0);
        return (
          <li
            key={window.id}
            className="flex min-h-12 flex-wrap items-center gap-x-3 border-b border-border px-4 py-2 text-sm last:border-0"
          >
            <span className="min-w-0 flex-1 truncate font-medium" title={window.title}>
              {window.title}
            </span>
            <span className="num text-muted-foreground">
              {window.status === "cancelled" ? "Called off, " : null}
              {plural(sent, "mail")}
            </span>
            <span className="num w-28 text-right text-xs text-subtle-foreground">
              <Moment at={window.startsAt} reader={reader} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
