import type { DayOfMailView } from "@/lib/domain/views/overview";
import { cn } from "./ui/cn";

const series = [
  { key: "episodes", label: "Episodes", colour: "var(--chart-1)" },
  { key: "movies", label: "Movies", colour: "var(--chart-2)" },
  { key: "waiting", label: "Waiting news", colour: "var(--chart-3)" },
  { key: "other", label: "Other", colour: "var(--chart-4)" },
] as const;

const TOP = 8;
const BASE = 98;
const BAR = 20;
const GAP = 1.5;

/** The series that have anything to show, in their fixed order. */
export function MailChartLegend({ days }: { days: DayOfMailView[] }) {
  return (
    <span className="flex flex-wrap gap-x-3.5 gap-y-1 pr-1 text-xs text-muted-foreground">
      {series
        .filter(({ key }) => key !== "other" || days.some((day) => day.other > 0))
        .map(({ key, label, colour }) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <i className="swatch" style={{ background: colour }} />
            {label}
          </span>
        ))}
    </span>
  );
}

/** Mails per day, stacked: flat bars, three hairlines, today's label in ink. */
export function MailChart({
  days,
  width = 516,
  className,
}: {
  days: DayOfMailView[];
  /** In units of the drawing: about the pixels it will have, so that its letters keep their size. */
  width?: number;
  className?: string;
}) {
  const highest = Math.max(...days.map(totalOf));
  const ceiling = niceCeiling(highest);
  const step = width / days.length;
  const y = (count: number) => BASE - (count / ceiling) * (BASE - TOP);
  const first = days[0];
  const last = days.at(-1);
  return (
    <svg
      viewBox={`-28 0 ${width + 30} 118`}
      className={cn("num block h-auto w-full", className)}
      role="img"
      aria-label={`Mails sent per day, ${first?.day} to ${last?.day}: ${days.map(totalOf).join(", ")}`}
    >
      {[0, ceiling / 2, ceiling].map((tick) => (
        <g key={tick}>
          <line x1="0" x2={width} y1={y(tick)} y2={y(tick)} stroke="var(--chart-grid)" />
          <text
            x="-8"
            y={y(tick) + 4}
            textAnchor="end"
            fontSize="11"
            fill="var(--subtle-foreground)"
          >
            {tick}
          </text>
        </g>
      ))}
      {days.map((day, index) => {
        const x = index * step + (step - BAR) / 2;
        return (
          <g key={day.day}>
            <title>{`${day.day}: ${totalOf(day)}`}</title>
            <Stack day={day} x={x} scale={(BASE - TOP) / ceiling} />
            <text
              x={x + BAR / 2}
              y="114"
              textAnchor="middle"
              fontSize="11"
              fontWeight={day.isToday ? 500 : 400}
              fill={day.isToday ? "var(--foreground)" : "var(--subtle-foreground)"}
            >
              {day.isToday ? "Today" : day.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function Stack({ day, x, scale }: { day: DayOfMailView; x: number; scale: number }) {
  const parts = series
    .map((one) => ({ ...one, count: day[one.key] }))
    .filter(({ count }) => count > 0);
  let bottom = BASE;
  return parts.map((part, index) => {
    const isTop = index === parts.length - 1;
    const height = Math.max(2, part.count * scale - GAP);
    const top = bottom - height;
    bottom = top - GAP;
    const radius = Math.min(3, height);
    return isTop ? (
      <path
        key={part.key}
        d={`M${x} ${top + height}v${-(height - radius)}q0-${radius} ${radius}-${radius}h${BAR - 2 * radius}q${radius} 0 ${radius} ${radius}v${height - radius}z`}
        fill={part.colour}
      />
    ) : (
      <rect key={part.key} x={x} y={top} width={BAR} height={height} fill={part.colour} />
    );
  });
}

const totalOf = (day: DayOfMailView) => day.episodes + day.movies + day.waiting + day.other;

/** The next even number of the kind people count in. */
function niceCeiling(highest: number): number {
  if (highest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(highest));
  for (const factor of [1, 2, 4, 6, 8, 10]) {
    if (highest <= factor * power) return factor * power;
  }
  return 10 * power;
}

/** The same figures for those who do not see the bars, and for copying. */
export function MailChartTable({ days }: { days: DayOfMailView[] }) {
  const shown = series.filter(({ key }) => key !== "other" || days.some((day) => day.other > 0));
  return (
    <details className="border-t border-border px-4 py-2 text-xs text-muted-foreground">
      <summary className="w-fit list-none rounded-sm font-medium hover:text-foreground">
        Show as table
      </summary>
      <table className="num mt-2 mb-1 w-full max-w-md">
        <thead>
          <tr className="text-left text-subtle-foreground">
            <th scope="col" className="py-1 font-medium">
              Day
            </th>
            {shown.map(({ key, label }) => (
              <th key={key} scope="col" className="py-1 text-right font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row" className="py-0.5 text-left font-normal">
                {day.day}
              </th>
              {shown.map(({ key }) => (
                <td key={key} className="py-0.5 text-right">
                  {day[key]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
