import type { DayOfMailView } from "@/lib/domain/views/overview";
import { BarChart, niceCeiling } from "./bar-chart";
import { ChartTable } from "./chart-table";

const series = [
  { key: "episodes", label: "Episodes", colour: "var(--chart-1)" },
  { key: "movies", label: "Movies", colour: "var(--chart-2)" },
  { key: "waiting", label: "Waiting news", colour: "var(--chart-3)" },
  { key: "other", label: "Other", colour: "var(--chart-4)" },
] as const;

/** The series that have anything to show, in their fixed order. */
const shownSeries = (days: DayOfMailView[]) =>
  series.filter(({ key }) => key !== "other" || days.some((day) => day.other > 0));

export function MailChartLegend({ days }: { days: DayOfMailView[] }) {
  return (
    <span className="flex flex-wrap gap-x-3.5 gap-y-1 pr-1 text-xs text-muted-foreground">
      {shownSeries(days).map(({ key, label, colour }) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <i className="swatch" style={{ background: colour }} />
          {label}
        </span>
      ))}
    </span>
  );
}

/** Mails per day, stacked by what they say. */
export function MailChart({ days, width = 516 }: { days: DayOfMailView[]; width?: number }) {
  return (
    <BarChart
      columns={days.map((day) => ({
        key: day.day,
        label: day.isToday ? "Today" : day.label,
        isNow: day.isToday,
        title: `${day.day}: ${totalOf(day)}`,
        value: null,
        parts: series.map(({ key, colour }) => ({ key, amount: day[key], colour })),
      }))}
      ceiling={niceCeiling(Math.max(...days.map(totalOf)))}
      words={`Mails sent per day, ${days[0]?.day} to ${days.at(-1)?.day}: ${days.map(totalOf).join(", ")}`}
      width={width}
    />
  );
}

const totalOf = (day: DayOfMailView) => day.episodes + day.movies + day.waiting + day.other;

export function MailChartTable({ days }: { days: DayOfMailView[] }) {
  const shown = shownSeries(days);
  return (
    <ChartTable
      heads={["Day", ...shown.map(({ label }) => label)]}
      rows={days.map((day) => ({
        key: day.day,
        head: day.day,
        cells: shown.map(({ key }) => String(day[key])),
      }))}
    />
  );
}
