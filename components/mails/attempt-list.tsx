import { columnMoment, exactMoment, type Reader } from "@/lib/domain/views/moment-words";
import type { AttemptView } from "@/lib/domain/views/notifications";
import type { StatusKind } from "@/lib/domain/views/status";
import { StatusBadge } from "../status-badge";

const outcomes = {
  accepted: { kind: "sent", word: "Accepted" },
  try_later: { kind: "retrying", word: "Later, it said" },
  refused: { kind: "failed", word: "Refused for good" },
  unknown: { kind: "unknown", word: "Hung up after taking it" },
} satisfies Record<NonNullable<AttemptView["outcome"]>, { kind: StatusKind; word: string }>;

/** Each hand-over to the mail server, with its own words. */
export function AttemptList({ attempts, reader }: { attempts: AttemptView[]; reader: Reader }) {
  if (attempts.length === 0) {
    return (
      <p className="py-8 text-center text-sm text-muted-foreground">It has not been tried yet.</p>
    );
  }
  return (
    <ol className="flex flex-col gap-3">
      {attempts.map((attempt) => {
        const outcome = attempt.outcome ? outcomes[attempt.outcome] : null;
        return (
          <li
            key={`${attempt.attempt}-${attempt.startedAt.getTime()}`}
            className="rounded-md border border-border bg-card px-4 py-3"
          >
            <div className="flex items-center justify-between gap-3">
              <StatusBadge kind={outcome?.kind ?? "sending"} word={outcome?.word ?? "Under way"} />
              <time
                dateTime={attempt.startedAt.toISOString()}
                title={exactMoment(attempt.startedAt, reader.timeZone)}
                className="num text-xs text-subtle-foreground"
              >
                Attempt {attempt.attempt}, {columnMoment(attempt.startedAt, reader)}
              </time>
            </div>
            {attempt.reply ? (
              <p className="mono mt-2 text-muted-foreground">{attempt.reply}</p>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
