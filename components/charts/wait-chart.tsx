import { plural } from "@/lib/domain/views/count-words";
import type { WaitWeekView } from "@/lib/domain/views/statistics";
import { BarChart, niceCeiling } from "./bar-chart";
import { ChartTable } from "./chart-table";

/** What half of the requests had been waited for when they became watchable, by week. */
export function WaitChart({ weeks, width }: { weeks: WaitWeekView[]; width: number }) {
  return (
    <BarChart
      columns={weeks.map((week, nth) => ({
        key: week.week,
        label: dayWords(week, weeks[nth - 1]),
        isNow: week.isNow,
        title: `Week of ${week.label}: ${weekWords(week)}`,
        value: week.medianHours === null ? null : shortWait(week.medianHours),
        parts: [{ key: "wait", amount: week.medianHours ?? 0, colour: "var(--chart-1)" }],
      }))}
      ceiling={waitCeiling(Math.max(...weeks.map(({ medianHours }) => medianHours ?? 0)))}
      tickWords={shortWait}
      words={`Median wait by week: ${weeks.map((week) => `${week.label} ${week.median ?? "none"}`).join(", ")}`}
      width={width}
    />
  );
}

/** Below the bars the month is written where it begins. */
function dayWords({ label }: WaitWeekView, before: WaitWeekView | undefined): string {
  const [day, month] = label.split(" ");
  return before?.label.split(" ")[1] === month ? `${day}` : `${day} ${month}`;
}

const weekWords = ({ watchable, median }: WaitWeekView) =>
  median === null
    ? "nothing became watchable"
    : `${plural(watchable, "request")} became watchable, half within ${median}`;

/** Over a bar there is room for few letters: `40 min`, `5 h`, `3.5 d`. */
function shortWait(hours: number): string {
  if (hours === 0) return "0";
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  if (hours < 48) return `${Math.round(hours)} h`;
  const days = hours / 24;
  return `${days < 10 ? Number(days.toFixed(1)) : Math.round(days)} d`;
}

/** Up to two weeks hours whose half is a length people speak of; beyond, even numbers of days. */
const ceilings = [1, 2, 4, 8, 12, 24, 48, 72, 96, 144, 240, 336];

function waitCeiling(highest: number): number {
  const fitting = ceilings.find((hours) => highest <= hours);
  return fitting ?? niceCeiling(highest / 24) * 24;
}

export function WaitChartTable({ weeks }: { weeks: WaitWeekView[] }) {
  return (
    <ChartTable
      heads={["Week of", "Became watchable", "Half within"]}
      rows={weeks.map((week) => ({
        key: week.week,
        head: week.label,
        cells: [String(week.watchable), week.median ?? "–"],
      }))}
    />
  );
}
