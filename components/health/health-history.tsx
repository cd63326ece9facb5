import type { HealthServiceView } from "@/lib/domain/views/health";

const HEIGHTS = { ok: 24, degraded: 16, down: 8 };
const COLOURS = {
  ok: "color-mix(in oklab, var(--status-sent) 62%, var(--card))",
  degraded: "var(--status-retrying)",
  down: "var(--status-failed)",
};
const WIDTH = 10;
const GAP = 2;
const TOP = 24;

/** A bar per stretch of the history: its height falls with the quality, so that colour is not needed. */
export function HealthHistory({ service, days }: { service: HealthServiceView; days: number }) {
  const { stretches } = service;
  const known = stretches.filter((state) => state !== null);
  if (known.length === 0) {
    return <span className="text-xs text-subtle-foreground">No checks yet</span>;
  }
  const bad = known.filter((state) => state !== "ok").length;
  const good = Math.floor(((known.length - bad) / known.length) * 100);
  const words = bad === 0 ? "without trouble" : `${good} % without trouble`;
  const width = stretches.length * (WIDTH + GAP) - GAP;
  return (
    <svg
      viewBox={`0 0 ${width} ${TOP}`}
      preserveAspectRatio="none"
      className="block h-6 w-full"
      role="img"
      aria-label={`${service.name}, last ${days} days: ${words}`}
    >
      {stretches.map((state, index) => {
        const x = index * (WIDTH + GAP);
        const height = state === null ? 2 : HEIGHTS[state];
        return (
          <rect
            key={`${x}`}
            x={x}
            y={TOP - height}
            width={WIDTH}
            height={height}
            rx={state === null ? 0 : 2}
            fill={state === null ? "var(--border-strong)" : COLOURS[state]}
          />
        );
      })}
    </svg>
  );
}

const LINE_WIDTH = 88;
const LINE_HEIGHT = 26;

/** How fast it answered over the history, as a thin line; the figure beside it says the last one. */
export function LatencyLine({ latencies }: { latencies: (number | null)[] }) {
  const points = latencies.flatMap((latency, index) =>
    latency === null ? [] : [{ index, latency }],
  );
  if (points.length < 2) return null;
  const highest = Math.max(...points.map(({ latency }) => latency), 1);
  const step = LINE_WIDTH / Math.max(latencies.length - 1, 1);
  const coordinates = points.map(({ index, latency }) => {
    const y = LINE_HEIGHT - 2 - (latency / highest) * (LINE_HEIGHT - 4);
    return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      width={LINE_WIDTH}
      height={LINE_HEIGHT}
      viewBox={`0 0 ${LINE_WIDTH} ${LINE_HEIGHT}`}
      aria-hidden
    >
      <polyline
        points={coordinates.join(" ")}
        fill="none"
        stroke="var(--muted-foreground)"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** `41 ms`, `4.2 s`. */
export function latencyWords(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
