import type { ReactNode } from "react";

/** 11 px outlined word: 4K, Season 3. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex shrink-0 items-center rounded-xs border border-border-strong px-1.5 text-2xs/[18px] font-medium text-muted-foreground">
      {children}
    </span>
  );
}
