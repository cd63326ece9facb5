import Link from "next/link";
import { cn } from "./cn";

export type TabItem = { href: string; label: string; count?: number; current: boolean };

/** Tabs that are places: links whose state is in the address. */
export function LinkTabs({
  items,
  label,
  className,
}: {
  items: TabItem[];
  label: string;
  className?: string;
}) {
  return (
    <nav
      aria-label={label}
      className={cn("-mb-px flex gap-0.5 overflow-x-auto [scrollbar-width:none]", className)}
    >
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          scroll={false}
          aria-current={item.current ? "page" : undefined}
          className={cn(
            "relative flex h-10 shrink-0 items-center gap-[7px] px-3 text-sm text-muted-foreground transition-colors duration-fast hover:text-foreground max-md:h-11",
            item.current &&
              "font-medium text-foreground after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-t-xs after:bg-primary-edge",
          )}
        >
          {item.label}
          {item.count === undefined ? null : (
            <span className="num text-xs text-subtle-foreground">{item.count}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}

/** Two or three ways to see the same thing. */
export function Seg({ items, label, small }: { items: TabItem[]; label: string; small?: boolean }) {
  return (
    <nav aria-label={label} className="inline-flex rounded-sm bg-muted p-0.5 text-sm">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          scroll={false}
          aria-current={item.current ? "true" : undefined}
          className={cn(
            "flex h-[26px] items-center rounded-xs px-2.5 text-muted-foreground transition-colors duration-fast hover:text-foreground max-md:h-10 max-md:px-3",
            small && "text-xs",
            item.current &&
              "bg-card font-medium text-foreground shadow-[0_1px_2px_oklch(0_0_0/0.18)]",
          )}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
