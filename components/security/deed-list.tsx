import type { Reader } from "@/lib/domain/views/moment-words";
import type { DeedView } from "@/lib/domain/views/security";
import { EmptyState } from "../empty-state";
import { Moment } from "../relative-time";

/** Who did what, from where, and what was changed. */
export function DeedList({ deeds, reader }: { deeds: DeedView[]; reader: Reader }) {
  if (deeds.length === 0) {
    return <EmptyState>Nothing was done yet. Every change by an admin appears here.</EmptyState>;
  }
  return (
    <ol>
      {deeds.map((deed) => (
        <li
          key={deed.id}
          className="grid grid-cols-[110px_1fr] gap-x-4 border-b border-border px-4 py-2.5 text-sm last:border-0 max-md:grid-cols-1"
        >
          <div className="text-muted-foreground">
            <Moment at={deed.at} reader={reader} />
          </div>
          <div className="min-w-0">
            <div>
              <span className="font-medium">{deed.actor}</span>: {deed.action}
              {deed.subject ? (
                <span className="text-muted-foreground"> ({deed.subject})</span>
              ) : null}
            </div>
            {deed.changes.map((line) => (
              <div key={line} className="mono text-xs/[18px] text-muted-foreground">
                {line}
              </div>
            ))}
            {deed.address ? (
              <div className="text-xs/[18px] text-subtle-foreground">from {deed.address}</div>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
