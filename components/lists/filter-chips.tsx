"use client";

import { Plus, X } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { cn } from "../ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";

export type FilterChoice = { value: string; label: string };
export type Filter = { key: string; label: string; choices: FilterChoice[] };

/** Keys of the address that mean a place in a list; a changed filter starts at the top again. */
const PLACE_KEYS = ["after", "before", "id"];

function useAddress() {
  const path = usePathname();
  const params = useSearchParams();
  return (key: string, value: string | null) => {
    const next = new URLSearchParams(params);
    for (const place of PLACE_KEYS) next.delete(place);
    if (value === null) next.delete(key);
    else next.set(key, value);
    const text = next.toString();
    return text ? `${path}?${text}` : path;
  };
}

/** The look of what stands in a row of filters. */
export const chipClass =
  "inline-flex h-8 max-w-64 items-center gap-1.5 rounded-sm border px-2.5 text-sm transition-colors duration-fast max-md:h-11";

/** Dashed can be added, solid is set. All in the address, so that Back and bookmarks work. */
export function FilterChips({ filters }: { filters: Filter[] }) {
  const router = useRouter();
  const params = useSearchParams();
  const address = useAddress();
  return filters.map((filter) => {
    const value = params.get(filter.key);
    if (value !== null) {
      const chosen = filter.choices.find((choice) => choice.value === value)?.label ?? value;
      return (
        <Link
          key={filter.key}
          href={address(filter.key, null)}
          aria-label={`${filter.label}: ${chosen}. Take this filter away`}
          className={cn(chipClass, "border-border-strong bg-secondary hover:bg-hover")}
        >
          <span className="truncate">
            {filter.label}: <b className="font-medium">{chosen}</b>
          </span>
          <X aria-hidden className="size-3 !stroke-2" />
        </Link>
      );
    }
    return (
      <DropdownMenu key={filter.key}>
        <DropdownMenuTrigger
          className={cn(
            chipClass,
            "border-dashed border-border-strong text-muted-foreground hover:text-foreground data-[state=open]:text-foreground",
          )}
        >
          <Plus aria-hidden className="size-3 !stroke-2" />
          {filter.label}
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          {filter.choices.map((choice) => (
            <DropdownMenuItem
              key={choice.value}
              onSelect={() => router.push(address(filter.key, choice.value))}
            >
              {choice.label}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    );
  });
}
