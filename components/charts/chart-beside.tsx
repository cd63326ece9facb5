import type { ReactNode } from "react";

/** Large figures with their chart beside them; below them, and shorter, where there is little room. */
export function ChartBeside({
  figures,
  wide,
  narrow,
}: {
  figures: ReactNode;
  wide: ReactNode;
  narrow: ReactNode;
}) {
  return (
    <div className="@container">
      <div className="grid grid-cols-1 gap-5 pt-3.5 pr-5 pb-3 pl-4 @min-[720px]:grid-cols-[150px_minmax(0,1fr)]">
        <div className="flex gap-8 @min-[720px]:flex-col @min-[720px]:gap-3">{figures}</div>
        <div className="@max-xl:hidden">{wide}</div>
        <div className="max-w-[420px] @xl:hidden">{narrow}</div>
      </div>
    </div>
  );
}
