"use client";

import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

export default function DashboardError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main id="content" className="px-8 pt-[84px] pb-10 max-md:px-3">
      <Card className="mx-auto max-w-[1360px]">
        <ErrorState
          what="This page could not be read."
          errorId={error.digest}
          retry={<Button onClick={reset}>Try again</Button>}
        />
      </Card>
    </main>
  );
}
