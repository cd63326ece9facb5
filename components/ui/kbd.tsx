import type { ReactNode } from "react";

/** A key as it is printed on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-xs border border-border-strong px-[5px] font-sans text-2xs/[18px] font-medium text-muted-foreground">
      {children}
    </kbd>
  );
}
