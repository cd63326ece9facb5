import { LogOut } from "lucide-react";
import { agoWords } from "@/lib/domain/views/moment-words";
import type { ShellView } from "@/lib/domain/views/shell";
import { BrandMark } from "../brand-mark";
import { cn } from "../ui/cn";
import { SideLink } from "./nav-link";
import { type Place, placeGroups, places } from "./navigation";

/** Settings and documentation are at the foot. */
const isUpHere = ({ href }: Place) => href !== "/settings" && href !== "/docs";

/** The way around from 768 up: 232 wide, a rail of 64 until 1023. */
export function Sidebar({
  shell,
  now,
  signOut,
}: {
  shell: ShellView;
  now: Date;
  signOut: () => Promise<void>;
}) {
  return (
    <aside className="sticky top-0 hidden h-dvh w-16 shrink-0 flex-col overflow-y-auto border-r border-sidebar-border bg-sidebar px-3 pb-3 text-sm text-sidebar-foreground md:flex lg:w-[232px]">
      <div className="flex h-14 shrink-0 items-center gap-2.5 px-2 text-[15px] font-semibold tracking-[-0.012em] text-foreground max-lg:justify-center">
        <BrandMark className="size-6 shrink-0" />
        <span className="max-lg:sr-only">BingeAlert</span>
      </div>
      <nav aria-label="Pages" className="mt-1 flex flex-col">
        {placeGroups.map((group) => (
          <div key={group.caption ?? "top"} className="flex flex-col gap-px">
            {group.caption ? (
              <div className="px-2 pt-4 pb-[5px] text-2xs text-subtle-foreground max-lg:mx-1 max-lg:my-2 max-lg:h-px max-lg:overflow-hidden max-lg:bg-sidebar-border max-lg:p-0 max-lg:text-transparent">
                {group.caption}
              </div>
            ) : null}
            {group.places.filter(isUpHere).map((place) => (
              <SideLink
                key={place.href}
                href={place.href}
                count={place.attention ? shell.attention[place.attention] : 0}
              />
            ))}
          </div>
        ))}
      </nav>
      <div className="mt-auto">
        <nav aria-label="Settings" className="flex flex-col gap-px pt-4 pb-2.5">
          {places
            .filter((place) => !isUpHere(place))
            .map((place) => (
              <SideLink key={place.href} href={place.href} count={0} />
            ))}
        </nav>
        {shell.signedIn ? <Account name={shell.signedIn.name} signOut={signOut} /> : null}
        <WorkerFoot shell={shell} now={now} />
      </div>
    </aside>
  );
}

function Account({ name, signOut }: { name: string; signOut: () => Promise<void> }) {
  return (
    <form action={signOut} className="flex items-center gap-2 px-2 pb-1 max-lg:px-0">
      <span className="min-w-0 flex-1 truncate text-foreground max-lg:hidden">{name}</span>
      <button
        type="submit"
        aria-label="Sign out"
        title="Sign out"
        className="grid size-8 place-items-center rounded-sm text-muted-foreground hover:bg-hover hover:text-foreground max-lg:mx-auto"
      >
        <LogOut aria-hidden className="size-4" />
      </button>
    </form>
  );
}

/** A worker that has not shown itself for so long counts as gone. */
const WORKER_SILENT_MS = 60_000;

function WorkerFoot({ shell, now }: { shell: ShellView; now: Date }) {
  const { workerSeenAt, version } = shell;
  const active = workerSeenAt !== null && now.getTime() - workerSeenAt.getTime() < WORKER_SILENT_MS;
  const words = active ? "Worker active" : workerSeenAt ? "Worker silent" : "No worker yet";
  return (
    <div className="border-t border-sidebar-border px-2 pt-2.5 text-xs/[18px] text-subtle-foreground max-lg:px-0">
      <div className="flex items-center gap-2 max-lg:justify-center" title={words}>
        <span
          aria-hidden
          className={cn(
            "size-[7px] shrink-0 rounded-full bg-tone",
            active ? "tone-sent" : "tone-failed",
          )}
        />
        <span className={cn("max-lg:sr-only", !active && "font-medium text-foreground")}>
          {words}
        </span>
        {workerSeenAt ? (
          <span className="num ml-auto max-lg:hidden">{agoWords(workerSeenAt, now)}</span>
        ) : null}
      </div>
      <div className="num max-lg:hidden">{version ? `Version ${version}` : null}</div>
    </div>
  );
}
