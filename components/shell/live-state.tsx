"use client";

import { ArrowUp, Radio, RefreshCw, WifiOff } from "lucide-react";
import { cn } from "../ui/cn";
import { useLive } from "./live-connection";

/** "Live", "Reconnecting", or "Offline, as of 20:21". Nothing is blanked. */
export function LiveState() {
  const { status } = useLive();
  const shown =
    status.kind === "live"
      ? { icon: Radio, words: "Live", title: "Updates arrive live" }
      : status.kind === "reconnecting"
        ? { icon: RefreshCw, words: "Reconnecting", title: "The connection broke; trying again" }
        : {
            icon: WifiOff,
            words: `Offline, as of ${new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(status.since)}`,
            title: "Nothing answers at BingeAlert; what you see may be old",
          };
  return (
    <div
      role="status"
      title={shown.title}
      className={cn(
        "flex items-center gap-[7px] whitespace-nowrap text-xs text-muted-foreground",
        status.kind === "offline" && "font-medium text-foreground",
      )}
    >
      <shown.icon aria-hidden className="size-3.5" />
      {shown.words}
    </div>
  );
}

/** "3 new" at the top: rows never push what one reads. */
export function NewRowsBar() {
  const { waiting, show } = useLive();
  if (waiting === 0) return null;
  return (
    <div className="pointer-events-none fixed inset-x-0 top-[68px] z-30 flex justify-center">
      <button
        type="button"
        onClick={show}
        className="num pointer-events-auto flex h-8 items-center gap-2 rounded-full bg-popover px-3.5 text-sm font-medium shadow-overlay hover:bg-hover max-md:h-11"
      >
        <ArrowUp aria-hidden className="size-3.5" />
        {waiting > 99 ? "99+" : waiting} new
      </button>
    </div>
  );
}
