"use client";

import { extendWindow, openWindow } from "@/lib/domain/batching";
import { durationWords } from "@/lib/domain/words";

const minute = 60_000;
/** Minutes at which the episodes of the example arrive. */
const arrivals = [0, 2, 5];

/** The batching rule with the values as typed: three episodes of one evening. */
export function BatchingPreview({ values }: { values: Record<string, string> }) {
  const seconds = (name: string) => Math.max(0, Number(values[name]) || 0) * 1000;
  const timing = {
    initialDelayMs: seconds("NOTIFICATION_INITIAL_DELAY_SECONDS"),
    extensionMs: seconds("NOTIFICATION_EXTENSION_DELAY_SECONDS"),
    maxWaitMs: seconds("NOTIFICATION_MAX_WAIT_SECONDS"),
    checkEveryMs: minute,
    movieFirstCheckMs: 0,
    deadlineMs: 0,
    gate: "timer" as const,
  };
  const start = new Date(0);
  let window = openWindow("show", start, timing);
  const joined: number[] = [];
  for (const at of arrivals) {
    const now = new Date(at * minute);
    if (at > 0 && now > window.dueAt) break;
    if (at > 0) window = extendWindow(window, now, timing);
    joined.push(at);
  }
  const span = Math.max(window.closesAt.getTime(), window.dueAt.getTime(), 6 * minute);
  const share = (ms: number) => `${Math.min(100, (ms / span) * 100)}%`;
  const left = arrivals.length - joined.length;
  const leaves = durationWords(window.dueAt.getTime());
  const words =
    left === 0
      ? `Episodes at minute 0, 2 and 5 go out in one mail after ${leaves}`
      : `${joined.length === 1 ? "The first episode goes" : `${joined.length} episodes go`} out after ${leaves}, the rest in a mail of their own`;
  return (
    <figure>
      <div className="relative mt-1 mb-7 h-2 rounded-full bg-muted" aria-hidden>
        <span
          className="absolute inset-y-0 left-0 rounded-full bg-primary"
          style={{ width: share(window.dueAt.getTime()) }}
        />
        {joined.map((at, index) => (
          <span
            key={at}
            className="absolute -top-1 h-4 w-0.5 -translate-x-1/2 bg-foreground"
            style={{ left: share(at * minute) }}
          >
            <span className="absolute top-5 left-0 text-2xs text-muted-foreground">
              E{index + 1}
            </span>
          </span>
        ))}
      </div>
      <figcaption className="text-sm text-muted-foreground">{words}.</figcaption>
    </figure>
  );
}
