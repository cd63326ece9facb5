/** How far something is: a bar with its words. Without a known length the bar only shows that it goes on. */
export function ProgressLine({
  words,
  done,
  total,
}: {
  words: string;
  done: number;
  total: number | null;
}) {
  const share = total === null || total === 0 ? null : Math.min(100, (done / total) * 100);
  return (
    <div className="min-w-0">
      <div className="truncate text-sm text-muted-foreground">{words}</div>
      <div
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        {...(share === null ? {} : { "aria-valuemax": total ?? 0, "aria-valuenow": done })}
        className="mt-1.5 h-1 overflow-hidden rounded-full bg-muted"
      >
        <div
          className={
            share === null
              ? "h-full w-1/3 rounded-full bg-primary motion-safe:animate-pulse"
              : "h-full rounded-full bg-primary transition-[width] duration-fast"
          }
          style={share === null ? undefined : { width: `${share}%` }}
        />
      </div>
    </div>
  );
}
