"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "../ui/cn";
import { Tooltip } from "../ui/tooltip";
import { isWithin, places } from "./navigation";

/** A line of the sidebar; between 768 and 1023 only its icon, named on hover. */
export function SideLink({ href, count }: { href: string; count: number }) {
  const path = usePathname();
  const place = places.find((candidate) => candidate.href === href);
  if (!place) return null;
  const current = isWithin(path, place);
  const Icon = place.icon;
  return (
    <Tooltip side="right" words={count > 0 ? `${place.label}, ${count} need you` : place.label}>
      <Link
        href={place.href}
        aria-current={current ? "page" : undefined}
        className={cn(
          "relative flex h-8 items-center gap-2.5 rounded-sm px-2 transition-colors duration-fast hover:bg-sidebar-accent/60 hover:text-foreground max-lg:h-10 max-lg:justify-center",
          current &&
            "bg-sidebar-accent font-medium text-foreground before:absolute before:inset-y-2 before:-left-3 before:w-[3px] before:rounded-r-[3px] before:bg-primary-edge hover:bg-sidebar-accent",
        )}
      >
        <Icon aria-hidden className="size-4" />
        <span className="max-lg:sr-only">{place.label}</span>
        {count > 0 ? (
          <span
            className={cn(
              "num ml-auto rounded-[5px] px-1.5 text-xs/[18px] font-medium text-foreground max-lg:absolute max-lg:-top-0.5 max-lg:-right-1.5 max-lg:ml-0 max-lg:text-[10px] max-lg:leading-4",
              current ? "bg-background" : "bg-sidebar-accent",
            )}
          >
            {count}
            <span className="sr-only"> need you</span>
          </span>
        ) : null}
      </Link>
    </Tooltip>
  );
}

/** An item of the bar at the foot of a phone, 60 high. */
export function BarLink({ href, count }: { href: string; count: number }) {
  const path = usePathname();
  const place = places.find((candidate) => candidate.href === href);
  if (!place) return null;
  const current = isWithin(path, place);
  const Icon = place.icon;
  return (
    <Link
      href={place.href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "relative flex h-[60px] flex-col items-center justify-center gap-1 text-2xs/3 text-muted-foreground",
        current && "font-medium text-foreground [&_svg]:text-primary-text",
      )}
    >
      <Icon aria-hidden className="size-5" />
      {place.shortLabel}
      {count > 0 ? (
        <span className="num absolute top-[7px] left-[calc(50%+6px)] h-4 min-w-4 rounded-full bg-foreground px-1 text-center text-[10px]/4 font-semibold text-background shadow-[0_0_0_2px_var(--sidebar)]">
          {count}
          <span className="sr-only"> need you</span>
        </span>
      ) : null}
    </Link>
  );
}
