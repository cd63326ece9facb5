import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { NeedsYouView } from "@/lib/domain/views/overview";
import { statusIcon } from "../status-mark";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";

/** What waits for the admin, most urgent first; only the first action is amber. */
export function NeedsYou({ items }: { items: NeedsYouView[] }) {
  return (
    <ul>
      {items.map((item, index) => {
        const Icon = statusIcon(item.icon);
        return (
          <li
            key={item.key}
            className="relative flex items-center gap-3.5 border-b border-border py-[11px] pr-3 pl-4 last:border-0"
          >
            <span
              aria-hidden
              className={cn(
                `tone-${item.tone}`,
                "grid size-9 shrink-0 place-items-center rounded-md",
                item.tone === "held" ? "bg-held text-held-foreground" : "tinted text-tone",
              )}
            >
              <Icon className="size-[18px] !stroke-2" />
            </span>
            <div className="min-w-0 flex-1">
              <div className="truncate font-medium max-md:whitespace-normal" title={item.headline}>
                {item.headline}
              </div>
              <div
                className="truncate text-sm text-muted-foreground max-md:line-clamp-2 max-md:whitespace-normal"
                title={item.detail}
              >
                {item.detail}
              </div>
            </div>
            <Button
              asChild
              variant={index === 0 ? "primary" : "secondary"}
              className="max-md:hidden"
            >
              <Link href={item.href}>{item.action}</Link>
            </Button>
            <Link
              href={item.href}
              aria-label={`${item.headline}: ${item.action}`}
              className="grid place-items-center text-muted-foreground after:absolute after:inset-0 md:hidden"
            >
              <ChevronRight aria-hidden className="size-4" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
