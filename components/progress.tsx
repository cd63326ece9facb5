import { countWords } from "@/lib/domain/views/count-words";

/** Determinate work with its count ("412 of 1 204"). Without a total, say a sentence instead. */
export function Progress({ done, total, label }: { done: number; total: number; label: string }) {
  const share = total === 0 ? 0 : Math.min(100, (done / total) * 100);
  return (
    <div>
      <div className="flex justify-between gap-3 text-xs text-muted-foreground">
        <span>{label}</span>
        <span className="num">
          {countWords(done)} of {countWords(total)}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={done}
        aria-valuemax={total}
        className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-muted"
      >
        <div className="h-full rounded-full bg-primary-edge" style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}
