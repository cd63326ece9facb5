import type { ActionResult } from "@/lib/domain/views/action-result";
import type { Reader } from "@/lib/domain/views/moment-words";
import type { SessionView } from "@/lib/domain/views/security";
import { ActionButton } from "../action-button";
import { EmptyState } from "../empty-state";
import { Moment } from "../relative-time";
import { Tag } from "../ui/tag";

/** Who is signed in, from where, and the button that ends it. */
export function SessionList({
  sessions,
  reader,
  end,
}: {
  sessions: SessionView[];
  reader: Reader;
  end: (publicId: string) => Promise<ActionResult>;
}) {
  if (sessions.length === 0) return <EmptyState>Nobody is signed in.</EmptyState>;
  return (
    <ul>
      {sessions.map((session) => (
        <li
          key={session.publicId}
          className="flex min-h-[60px] flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-4 py-2.5 last:border-0"
        >
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-center gap-2 text-base font-medium">
              {session.name}, {session.browser}
              {session.isThisOne ? <Tag>This one</Tag> : null}
            </div>
            <div className="text-xs/[18px] text-muted-foreground">
              {session.address ? (
                <span className="mono">{session.address}</span>
              ) : (
                "Unknown address"
              )}
              , since <Moment at={session.createdAt} reader={reader} />, last seen{" "}
              <Moment at={session.lastSeenAt} reader={reader} />
            </div>
          </div>
          <ActionButton
            action={end.bind(null, session.publicId)}
            label="End"
            busyLabel="Ending"
            variant="danger"
            size="row"
          />
        </li>
      ))}
    </ul>
  );
}
