import { CircleCheck, CircleX, Clock, LoaderCircle } from "lucide-react";
import type { SyncLineView } from "@/lib/domain/views/setup";
import { ProgressLine } from "../progress-line";

const marks = {
  waiting: { icon: Clock, tone: "tone-cancelled", spins: false },
  running: { icon: LoaderCircle, tone: "tone-sending", spins: true },
  done: { icon: CircleCheck, tone: "tone-sent", spins: false },
  failed: { icon: CircleX, tone: "tone-failed", spins: false },
} as const;

/** How far the first sync is, service by service. */
export function SyncLines({ lines }: { lines: SyncLineView[] }) {
  return (
    <ul>
      {lines.map((line) => {
        const { icon: Icon, tone, spins } = marks[line.state];
        return (
          <li
            key={line.key}
            className={`flex min-h-14 items-center gap-3 border-b border-border px-4 py-2.5 last:border-0 ${tone}`}
          >
            <Icon
              aria-hidden
              className={`size-[18px] shrink-0 text-tone !stroke-2 ${spins ? "motion-safe:animate-spin" : ""}`}
            />
            <div className="num min-w-0 flex-1">
              <div className="text-sm font-medium">{line.name}</div>
              {line.state === "running" ? (
                <ProgressLine words={line.words} done={line.done} total={line.total} />
              ) : (
                <div className="truncate text-sm text-muted-foreground" title={line.words}>
                  {line.words}
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
