import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { signOutAction } from "@/app/(auth)/login/actions";
import { BottomBar } from "@/components/shell/bottom-bar";
import { LiveConnection } from "@/components/shell/live-connection";
import { NewRowsBar } from "@/components/shell/live-state";
import { PendingPage } from "@/components/shell/pending-page";
import { SessionEnd } from "@/components/shell/session-end";
import { Sidebar } from "@/components/shell/sidebar";
import { SkipLink } from "@/components/shell/skip-link";
import { ZoneSync } from "@/components/shell/zone-sync";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { readAccess } from "@/lib/web/access-settings";
import { loadShell } from "@/lib/web/loaders/shell";
import { currentReader, requireViewer } from "@/lib/web/viewer";

export const dynamic = "force-dynamic";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const readAt = Date.now();
  const [access] = await Promise.all([readAccess(), requireViewer()]);
  if (access.setupOpen) redirect("/setup");
  const [shell, reader] = await Promise.all([loadShell(), currentReader()]);
  return (
    <TooltipProvider delayDuration={300}>
      <LiveConnection readAt={readAt}>
        <SkipLink />
        <div className="flex min-h-dvh">
          <Sidebar shell={shell} now={reader.now} signOut={signOutAction} />
          <div className="flex min-w-0 flex-1 flex-col">{children}</div>
        </div>
        <PendingPage />
        <NewRowsBar />
        <BottomBar attention={shell.attention} />
        <ZoneSync writtenFor={reader.timeZone} />
        {shell.signedIn ? <SessionEnd endsAt={shell.signedIn.endsAt} /> : null}
        <Toaster />
      </LiveConnection>
    </TooltipProvider>
  );
}
