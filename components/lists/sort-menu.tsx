"use client";

import { ArrowDownUp, Check } from "lucide-react";
import Link from "next/link";
import { cn } from "../ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { chipClass } from "./filter-chips";
import type { SortChoice } from "./sort-choices";

/** Sorts a list where its heads are out of sight. The choices are links: the order is in the address. */
export function SortMenu({ choices, className }: { choices: SortChoice[]; className: string }) {
  const current = choices.find(({ isCurrent }) => isCurrent);
  return (
    // Not modal: the list behind it stays there for whoever hears the page.
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger
        className={cn(
          chipClass,
          "border-border-strong bg-secondary hover:bg-hover data-[state=open]:bg-hover",
          className,
        )}
      >
        <ArrowDownUp aria-hidden className="size-3 shrink-0 !stroke-2" />
        <span className="truncate">
          Sort: <b className="font-medium">{current?.label}</b>
        </span>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        {choices.map(({ label, href, isCurrent }) => (
          <DropdownMenuItem key={href} asChild>
            <Link
              href={href}
              scroll={false}
              aria-current={isCurrent ? "true" : undefined}
              className="justify-between"
            >
              {label}
              {isCurrent ? <Check aria-hidden /> : null}
            </Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
