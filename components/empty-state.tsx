import type { ReactNode } from "react";

/** One sentence and at most one action. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-4 px-6 py-14 text-center">
      <p className="max-w-md text-balance text-muted-foreground">{children}</p>
      {action}
    </div>
  );
}
