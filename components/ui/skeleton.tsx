import { cn } from "./cn";

/** A still block in the final geometry of what is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("skeleton block", className)} />;
}
