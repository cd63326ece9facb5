"use client";

import { Menu } from "lucide-react";
import Link from "next/link";
import type { ShellView } from "@/lib/domain/views/shell";
import { Sheet, SheetClose, SheetContent, SheetTrigger } from "../ui/sheet";
import { BarLink } from "./nav-link";
import { places } from "./navigation";
import { ThemeChoice } from "./theme-switch";

const inBar = ["/", "/requests", "/notifications", "/system"];

/** The way around on a phone: four places and a sheet with the rest. */
export function BottomBar({ attention }: { attention: ShellView["attention"] }) {
  return (
    <nav
      aria-label="Pages"
      className="fixed inset-x-0 bottom-0 z-40 grid grid-cols-5 border-t border-border bg-sidebar pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {inBar.map((href) => (
        <BarLink key={href} href={href} count={countOf(href, attention)} />
      ))}
      <Sheet>
        <SheetTrigger className="flex h-[60px] flex-col items-center justify-center gap-1 text-2xs/3 text-muted-foreground">
          <Menu aria-hidden className="size-5" />
          More
        </SheetTrigger>
        <SheetContent title="More">
          {places
            .filter((place) => !inBar.includes(place.href))
            .map((place) => (
              <SheetClose asChild key={place.href}>
                <Link
                  href={place.href}
                  className="flex min-h-11 items-center gap-3 rounded-sm px-3 hover:bg-hover"
                >
                  <place.icon aria-hidden className="size-5 text-muted-foreground" />
                  {place.label}
                </Link>
              </SheetClose>
            ))}
          <div className="mt-2 flex items-center justify-between border-t border-border px-3 pt-3">
            <span className="text-sm text-muted-foreground">Appearance</span>
            <ThemeChoice />
          </div>
        </SheetContent>
      </Sheet>
    </nav>
  );
}

function countOf(href: string, attention: ShellView["attention"]): number {
  const of = places.find((place) => place.href === href)?.attention;
  return of ? attention[of] : 0;
}
