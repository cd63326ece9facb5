import Link from "next/link";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/empty-state";
import { Button } from "@/components/ui/button";
import { webContext } from "@/lib/web/service-context";

/** An empty list that Seerr fills: leads to where Seerr is connected as long as it is not. */
export async function EmptyUntilSeerr({
  what,
  action,
  children,
}: {
  /** What comes from Seerr, as a sentence begins with it. */
  what: string;
  action?: ReactNode;
  /** Said once Seerr is connected. */
  children: ReactNode;
}) {
  const { settings } = await webContext().loadConfig();
  if (settings.JELLYSEERR_URL !== "" && settings.JELLYSEERR_API_KEY !== "")
    return <EmptyState action={action}>{children}</EmptyState>;
  return (
    <EmptyState
      action={
        <Button asChild>
          <Link href="/settings/services">Connect Seerr</Link>
        </Button>
      }
    >
      {what} come from Seerr, and it is not connected yet.
    </EmptyState>
  );
}
