import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "../brand-mark";
import { Breadcrumb, type Crumb } from "./breadcrumb";
import { LiveState } from "./live-state";
import { PaletteTrigger } from "./palette-trigger";
import { ThemeSwitch } from "./theme-switch";

/** Where one is, search, live state, appearance. On a phone: title or the way back. */
export function Topbar({
  title,
  parent,
  breadcrumb = <Breadcrumb title={title} parent={parent} />,
  actions,
}: {
  title: string;
  parent?: Crumb;
  /** For pages that share a layout, and so its title. */
  breadcrumb?: ReactNode;
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
          <Link
            href="/"
            className="flex h-11 min-w-0 items-center gap-2.5 px-2 text-[15px] font-semibold"
          >
            <BrandMark className="size-6" />
            <span className="truncate">{title === "Overview" ? "BingeAlert" : title}</span>
          </Link>
        )}
      </div>
      {breadcrumb}
      <PaletteTrigger />
      <div className="max-md:hidden">
        <LiveState />
      </div>
      <div className="-mr-2 max-md:hidden">
        <ThemeSwitch />
      </div>
      {actions ? <div className="flex md:hidden">{actions}</div> : null}
    </header>
  );
}
