export type Column = {
  key: string;
  label: string;
  /** The one that runs now is written in ink. */
  isNow: boolean;
  /** Said of the whole column to whoever points at it. */
  title: string;
  /** Written above it; null writes nothing. */
  value: string | null;
  /** From the bottom up; what is 0 is not drawn. */
  parts: { key: string; amount: number; colour: string }[];
};

const TOP = 8;
const BASE = 98;
const BAR = 20;
const GAP = 1.5;

/** Flat bars over time, stacked: three hairlines, the newest label in ink. */
export function BarChart({
  columns,
  ceiling,
  tickWords = String,
  words,
  width,
}: {
  columns: Column[];
  /** The amount at the highest hairline. */
  ceiling: number;
  tickWords?: (amount: number) => string;
  /** Says all of it to those who do not see the bars. */
  words: string;
  /** In units of the drawing: about the pixels it will have, so that its letters keep their size. */
  width: number;
}) {
  const step = width / columns.length;
  const y = (amount: number) => BASE - (amount / ceiling) * (BASE - TOP);
  const hasValues = columns.some(({ value }) => value !== null);
  const head = hasValues ? 10 : 0;
  const ticks = [0, ceiling / 2, ceiling].map((amount) => ({ amount, words: tickWords(amount) }));
  const margin = Math.max(28, ...ticks.map((tick) => 12 + 6 * tick.words.length));
  return (
    <svg
      viewBox={`-${margin} -${head} ${width + margin + 2} ${118 + head}`}
      className="num block h-auto w-full"
      role="img"
      aria-label={words}
    >
      {ticks.map((tick) => (
        <g key={tick.amount}>
          <line
            x1="0"
            x2={width}
            y1={y(tick.amount)}
            y2={y(tick.amount)}
            stroke="var(--chart-grid)"
          />
          <text
            x="-8"
            y={y(tick.amount) + 4}
            textAnchor="end"
            fontSize="11"
            fill="var(--subtle-foreground)"
          >
            {tick.words}
          </text>
        </g>
      ))}
      {columns.map((column, index) => {
        const x = index * step + (step - BAR) / 2;
        const amount = column.parts.reduce((sum, part) => sum + part.amount, 0);
        return (
          <g key={column.key}>
            <title>{column.title}</title>
            {/* All of the column answers the pointer, not only its bar. */}
            <rect x={index * step} y={-head} width={step} height={118 + head} fill="transparent" />
            <Stack parts={column.parts} x={x} scale={(BASE - TOP) / ceiling} />
            {column.value === null ? null : (
              <text
                x={x + BAR / 2}
                y={Math.min(y(amount), BASE - 2) - 5}
                textAnchor="middle"
                fontSize="11"
                fill="var(--muted-foreground)"
              >
                {column.value}
              </text>
            )}
            <text
              x={x + BAR / 2}
              y="114"
              textAnchor="middle"
              fontSize="11"
              fontWeight={column.isNow ? 500 : 400}
              fill={column.isNow ? "var(--foreground)" : "var(--subtle-foreground)"}
            >
              {column.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function Stack({ parts, x, scale }: { parts: Column["parts"]; x: number; scale: number }) {
  const drawn = parts.filter(({ amount }) => amount > 0);
  let bottom = BASE;
  return drawn.map((part, index) => {
    const isTop = index === drawn.length - 1;
    const height = Math.max(2, part.amount * scale - GAP);
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

/** The next even number of the kind people count in. */
export function niceCeiling(highest: number): number {
  if (highest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(highest));
  for (const factor of [1, 2, 4, 6, 8, 10]) {
    if (highest <= factor * power) return factor * power;
  }
  return 10 * power;
}
