"use client";

import { countdownWords } from "@/lib/domain/views/moment-words";
import { useSharedClock } from "./shared-clock";

/** Countdown to a stored moment. Hidden from readers: the sentence beside it holds the absolute time. */
export function Ring({
  from,
  until,
  now,
  size = 44,
}: {
  from: number;
  until: number;
  now: number;
  size?: 44 | 48;
}) {
  const clock = useSharedClock(now);
  const left = Math.max(0, until - clock);
  const span = Math.max(1, until - from);
  const radius = size / 2 - 2.5;
  const circumference = 2 * Math.PI * radius;
  const gone = Math.min(1, Math.max(0, 1 - left / span));
  const words = countdownWords(left);
  return (
    <span
      aria-hidden
      className="relative block shrink-0"
      style={{ width: size, height: size }}
      data-ring
    >
      <svg aria-hidden viewBox={`0 0 ${size} ${size}`} className="size-full -rotate-90">
        <circle className="ring-track" cx={size / 2} cy={size / 2} r={radius} />
        <circle
          className="ring-left"
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeDasharray={circumference.toFixed(1)}
          strokeDashoffset={(circumference * gone).toFixed(1)}
        />
      </svg>
      <span
        className="num absolute inset-0 grid place-items-center font-semibold tracking-[-0.02em]"
        style={{ fontSize: words.length > 5 ? 9.5 : 11 }}
      >
        {words}
      </span>
    </span>
  );
}

/** The same countdown as words in a table: `in 4:12`, then `now`. */
export function Countdown({ until, now }: { until: number; now: number }) {
  const clock = useSharedClock(now);
  const left = until - clock;
  return <span className="num">{left <= 0 ? "now" : `in ${countdownWords(left)}`}</span>;
}
