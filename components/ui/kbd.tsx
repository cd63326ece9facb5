import type { ReactNode } from "react";
import { cn } from "./cn";

/** A key as it is printed on the keyboard. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        "rounded-xs border border-border-strong px-[5px] font-sans text-2xs/[18px] font-medium text-muted-foreground",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
