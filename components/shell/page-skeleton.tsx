import { cn } from "../ui/cn";

/** Height of a row in the table of a list page. */
const rowHeights: Record<string, number> = {
  "/requests": 60,
  "/notifications": 48,
  "/issues": 60,
  "/users": 48,
  "/inbox": 48,
  "/activity": 48,
};

const block = "rounded-sm bg-muted";

/** The bare shape of a page that is on its way: same boxes, same row heights, nothing that moves. */
export function PageSkeleton({ path }: { path: string }) {
  const rowHeight = rowHeights[path];
  return (
    <div
      role="status"
      className="fixed inset-x-0 top-14 bottom-0 z-20 overflow-hidden bg-background px-8 pt-7 max-lg:px-6 max-md:top-[52px] max-md:bottom-[60px] max-md:px-3 max-md:pt-2 md:left-16 lg:left-[232px]"
    >
      <span className="sr-only">Loading the page</span>
      <div aria-hidden className="mx-auto max-w-[1360px]">
        {rowHeight ? <List rowHeight={rowHeight} /> : <Cards />}
      </div>
    </div>
  );
}

function List({ rowHeight }: { rowHeight: number }) {
  return (
    <>
      <div className={cn(block, "h-7 w-36")} />
      <div className="mt-5 mb-3.5 flex gap-2">
        <div className={cn(block, "h-8 w-64 max-w-full max-md:h-11")} />
        <div className={cn(block, "h-8 w-20 max-md:hidden")} />
        <div className={cn(block, "h-8 w-20 max-md:hidden")} />
      </div>
      <div className="overflow-hidden rounded-lg border border-border bg-card">
        <div className="h-9 border-b border-border max-md:hidden" />
        {Array.from({ length: 12 }, (_, row) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a drawing, which never change
            key={row}
            style={{ height: rowHeight }}
            className="flex items-center gap-3 border-b border-border px-4 last:border-0"
          >
            <div
              className={cn(block, "shrink-0 rounded-xs", rowHeight === 60 ? "h-12 w-8" : "size-6")}
            />
            <div className="grid min-w-0 flex-1 gap-1.5">
              <div className={cn(block, "h-3.5 w-52 max-w-full")} />
              <div className={cn(block, "h-3 w-32 max-w-full")} />
            </div>
            <div className={cn(block, "h-3.5 w-24 max-md:hidden")} />
            <div className={cn(block, "h-3.5 w-12")} />
          </div>
        ))}
      </div>
    </>
  );
}

function Cards() {
  return (
    <>
      <div className={cn(block, "h-8 w-[420px] max-w-full")} />
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)_372px] gap-5 max-xl:grid-cols-1">
        {[260, 180, 320, 220].map((height) => (
          <div
            key={height}
            style={{ height }}
            className="overflow-hidden rounded-lg border border-border bg-card"
          >
            <div className="flex h-[46px] items-center border-b border-border px-4">
              <div className={cn(block, "h-3.5 w-28")} />
            </div>
            <div className="grid gap-3 p-4">
              <div className={cn(block, "h-3.5 w-3/4")} />
              <div className={cn(block, "h-3.5 w-1/2")} />
              <div className={cn(block, "h-3.5 w-2/3")} />
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
