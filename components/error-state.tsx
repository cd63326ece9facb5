import type { ReactNode } from "react";

/** What is missing, whether anything is lost, a way to try again, and an id to search the log for. */
export function ErrorState({
  what,
  errorId,
  retry,
}: {
  what: string;
  errorId?: string | undefined;
  retry?: ReactNode;
}) {
  return (
    <div role="alert" className="flex flex-col items-center gap-4 px-6 py-14 text-center">
      <div>
        <p className="font-medium">{what}</p>
        <p className="mt-1 text-sm text-muted-foreground">
          Nothing is lost; try again.
          {errorId ? (
            <>
              {" "}
              Id <span className="mono">{errorId}</span>
            </>
          ) : null}
        </p>
      </div>
      {retry}
    </div>
  );
}
