"use client";

import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";

export default function AppError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        what="This page could not be read."
        errorId={error.digest}
        retry={<Button onClick={reset}>Try again</Button>}
      />
    </main>
  );
}
