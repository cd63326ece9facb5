"use client";

import { clockTime } from "@/lib/domain/views/moment-words";
import { useSharedClock } from "../shared-clock";

export type WindowBarProps = {
  openedAt: number;
  dueAt: number;
  closesAt: number;
  ticks: { at: number; label: string }[];
  now: number;
  timeZone: string;
};

/** The batching rule made visible: opened, was due, closes, where items arrived, and now. */
export function WindowBar({ openedAt, dueAt, closesAt, ticks, now, timeZone }: WindowBarProps) {
  const clock = useSharedClock(now);
  const span = Math.max(1, closesAt - openedAt);
  const share = (at: number) => Math.min(100, Math.max(0, ((at - openedAt) / span) * 100));
  // Moves each minute, not each second: it is a place, not a stopwatch.
  const nowShare = share(Math.floor(clock / 60_000) === Math.floor(now / 60_000) ? now : clock);
  const time = (at: number) => clockTime(new Date(at), timeZone);
  const dueShare = share(dueAt);
  const labels = mergeTicks(ticks, share);
  return (
    <div
      className="win"
      role="img"
      aria-label={`Window opened ${time(openedAt)}, due ${time(dueAt)}, closes ${time(closesAt)}`}
    >
      <span className="win-track" />
      <span className="win-fill" style={{ width: `${nowShare}%` }} />
      {labels.map((tick) => (
        <span key={tick.label}>
          {tick.share > 0.5 ? (
            <span className="win-tick" style={{ left: `${tick.share}%` }} />
          ) : null}
          <span
            className="win-tick-label"
            style={tick.share < 4 ? { left: 0, transform: "none" } : { left: `${tick.share}%` }}
          >
            {tick.label}
          </span>
        </span>
      ))}
      <span className="win-now" style={{ left: `${nowShare}%` }} />
      <span className="win-label" data-side="start" style={{ left: 0 }}>
        {time(openedAt)} opened
      </span>
      {dueShare > 24 && dueShare < 76 ? (
        // Between the two others there is no room for it at 320.
        <span className="win-label max-[24rem]:hidden" style={{ left: `${dueShare}%` }}>
          {time(dueAt)} {clock > dueAt ? "was due" : "due"}
        </span>
      ) : null}
      <span className="win-label" data-side="end" style={{ left: "100%" }}>
        {time(closesAt)} closes
      </span>
    </div>
  );
}

const CLOSEST = 5;

/** Labels closer than a few percent share one: "E3, E4". */
function mergeTicks(ticks: { at: number; label: string }[], share: (at: number) => number) {
  const merged: { share: number; label: string; count: number }[] = [];
  for (const tick of [...ticks].sort((a, b) => a.at - b.at)) {
    const at = share(tick.at);
    const last = merged.at(-1);
    if (last && at - last.share < CLOSEST) {
      last.count += 1;
      last.label =
        last.count > 2
          ? `${last.label.split("–")[0]}–${tick.label}`
          : `${last.label}, ${tick.label}`;
    } else merged.push({ share: at, label: tick.label, count: 1 });
  }
  return merged;
}
