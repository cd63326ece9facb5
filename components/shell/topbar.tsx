import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "../brand-mark";
import { LiveState } from "./live-state";
import { PaletteTrigger } from "./palette-trigger";
import { ThemeSwitch } from "./theme-switch";

export type Crumb = { label: string; href: string };

/** Where one is, search, live state, appearance. On a phone: title or the way back. */
export function Topbar({
  title,
  parent,
  actions,
}: {
  title: string;
  parent?: Crumb;
  /** Only on a phone, at the right. */
  actions?: ReactNode;
}) {
  return (
    <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-3 border-b border-border bg-background px-8 max-lg:px-6 max-md:h-[52px] max-md:border-transparent max-md:px-2">
      <div className="flex min-w-0 flex-1 items-center md:hidden">
        {parent ? (
          <Link
            href={parent.href}
            aria-label={`Back to ${parent.label}`}
            className="grid size-11 place-items-center rounded-sm hover:bg-hover"
          >
            <ArrowLeft aria-hidden className="size-5" />
          </Link>
        ) : (
          <Link href="/" className="flex items-center gap-2.5 px-2 text-[15px] font-semibold">
            <BrandMark className="size-6" />
            {title === "Overview" ? "BingeAlert" : title}
          </Link>
        )}
      </div>
      <nav
        aria-label="You are here"
        className="flex min-w-0 flex-1 items-center gap-2 text-sm text-muted-foreground max-md:hidden"
      >
        {parent ? (
          <>
            <Link href={parent.href} className="hover:text-foreground">
              {parent.label}
            </Link>
            <span aria-hidden className="text-subtle-foreground">
              /
            </span>
          </>
        ) : null}
        <span aria-current="page" className="truncate font-medium text-foreground">
          {title}
        </span>
      </nav>
      <PaletteTrigger />
      <div className="max-md:hidden">
        <LiveState />
      </div>
      <div className="-mr-2 max-md:hidden">
        <ThemeSwitch />
      </div>
      <div className="flex md:hidden">{actions}</div>
    </header>
  );
}
