import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A single-line field, 36 high (16 px text on phones, so that iOS does not zoom). */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      className={cn(
        "h-9 w-full rounded-sm border border-input bg-card px-[11px] text-base placeholder:text-subtle-foreground max-md:h-11 max-md:text-md",
        className,
      )}
      {...props}
    />
  );
}
