"use client";

import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "../ui/cn";

/** Text filter of a page, in the address after 250 ms. `/` goes to it. */
export function TextFilter({
  placeholder,
  className,
}: {
  placeholder: string;
  className?: string;
}) {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const current = params.get("q") ?? "";

  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = current;
  }, [current]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const apply = (value: string) => {
    const next = new URLSearchParams(params);
    for (const key of ["after", "before", "id"]) next.delete(key);
    if (value.trim()) next.set("q", value.trim());
    else next.delete("q");
    const text = next.toString();
    router.replace(text ? `${path}?${text}` : path, { scroll: false });
  };
  return (
    <label
      className={cn(
        "flex h-8 w-[280px] items-center gap-2 rounded-sm border border-border-strong bg-card px-[11px] text-subtle-foreground focus-within:border-ring max-md:h-11 max-md:w-full",
        className,
      )}
    >
      <Search aria-hidden className="size-3.5" />
      <span className="sr-only">{placeholder}</span>
      <input
        ref={field}
        data-page-filter
        type="search"
        name="q"
        defaultValue={current}
        placeholder={placeholder}
        autoComplete="off"
        onChange={(event) => {
          const { value } = event.currentTarget;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => apply(value), 250);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className="w-full min-w-0 bg-transparent text-sm text-foreground outline-none placeholder:text-subtle-foreground max-md:text-md [&::-webkit-search-cancel-button]:appearance-none"
      />
    </label>
  );
}
