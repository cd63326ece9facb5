import { Ban, Check, Pencil } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActionButton } from "@/components/action-button";
import { MaintenanceCard, PastWindows } from "@/components/maintenance/maintenance-card";
import { MaintenanceForm } from "@/components/maintenance/maintenance-form";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import type { MaintenanceView, MaintenanceWindowView } from "@/lib/domain/views/maintenance";
import { type Reader, sentenceMoment, whenPhrase } from "@/lib/domain/views/moment-words";
import { wallClock } from "@/lib/domain/zoned-time";
import { loadMaintenance } from "@/lib/web/loaders/maintenance";
import { currentReader } from "@/lib/web/viewer";
import { cancelWindowAction, endWindowAction, saveWindowAction } from "./actions";

export const metadata: Metadata = { title: "Maintenance" };

export default async function MaintenancePage({
  searchParams,
}: {
  searchParams: Promise<{ change?: string }>;
}) {
  const reader = await currentReader();
  const [view, { change }] = await Promise.all([loadMaintenance(reader.now), searchParams]);
  const changed = view.live.find(
    (window) => window.status === "scheduled" && String(window.id) === change,
  );
  return (
    <Page title="Maintenance">
      <div className="mb-5 max-md:px-1">
        <h1 className="verdict">{verdict(view, reader)}</h1>
        <p className="mt-1 text-muted-foreground">
          People are told before and after, and their mails wait meanwhile.
        </p>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_420px] items-start gap-5 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-5 empty:hidden">
          {view.live.map((window) => (
            <MaintenanceCard key={window.id} window={window} reader={reader}>
              <WindowActions window={window} />
            </MaintenanceCard>
          ))}
          {view.past.length > 0 ? (
            <Card>
              <CardHead title="Over" />
              <PastWindows windows={view.past} reader={reader} />
            </Card>
          ) : null}
        </div>
        <Card className={view.live.length === 0 && view.past.length === 0 ? "max-w-xl" : ""}>
          <CardHead title={changed ? "Change the break" : "Plan a break"} />
          <MaintenanceForm
            key={changed?.id ?? "new"}
            windowId={changed?.id ?? null}
            initial={initialOf(changed ?? null, reader)}
            announced={changed ? { startsAt: changed.startsAt, endsAt: changed.endsAt } : null}
            zones={view.zones}
            reached={view.reached}
            reader={reader}
            save={saveWindowAction}
          />
        </Card>
      </div>
    </Page>
  );
}

function verdict({ live }: MaintenanceView, reader: Reader): string {
  const active = live.find((window) => window.status === "active");
  if (active) return `Maintenance goes on until ${sentenceMoment(active.endsAt, reader)}.`;
  const [next] = live;
  return next
    ? `The next break begins ${whenPhrase(next.startsAt, reader)}.`
    : "No maintenance is planned.";
}

/** A new one is offered for tomorrow evening, on the hour. */
function initialOf(window: MaintenanceWindowView | null, reader: Reader) {
  if (window) {
    const { title, text, zone } = window;
    return {
      title,
      text,
      zone,
      starts: wallClock(window.startsAt, zone),
      ends: wallClock(window.endsAt, zone),
    };
  }
  const tomorrow = new Date(reader.now.getTime() + 24 * 60 * 60 * 1000);
  const day = wallClock(tomorrow, reader.timeZone).slice(0, 10);
  return {
    title: "",
    text: "",
    zone: reader.timeZone,
    starts: `${day}T22:00`,
    ends: `${day}T23:00`,
  };
}

function WindowActions({ window }: { window: MaintenanceWindowView }) {
  const { id: windowId, title } = window;
  if (window.status === "active") {
    return (
      <ActionButton
        action={endWindowAction.bind(null, { windowId })}
        icon={<Check aria-hidden />}
        label="End now"
        busyLabel="Ending"
        size="row"
        confirm={{
          title: `End “${title}” now?`,
          description: "Everybody who heard of it is told, and the mails that waited leave.",
          button: "End it now",
        }}
      />
    );
  }
  return (
    <>
      <Button asChild size="row" variant="ghost">
        <Link href={`/maintenance?change=${windowId}`}>
          <Pencil aria-hidden />
          Change
        </Link>
      </Button>
      <ActionButton
        action={cancelWindowAction.bind(null, { windowId })}
        icon={<Ban aria-hidden />}
        label="Call off"
        busyLabel="Calling off"
        variant="danger"
        size="row"
        confirm={{
          title: `Call off “${title}”?`,
          description: "Everybody who heard of it is told that it does not take place.",
          button: "Call it off",
          destructive: true,
        }}
      />
    </>
  );
}
