import { CircleAlert, Info } from "lucide-react";
import Link from "next/link";
import type { SetupGapView } from "@/lib/domain/views/setup-gaps";
import { Button } from "../ui/button";

/** What is not connected yet, what follows from it, and the page and the names that put it right. */
export function SetupList({ gaps }: { gaps: SetupGapView[] }) {
  return (
    <ul>
      {gaps.map((gap) => {
        const blocks = gap.weight === "blocks";
        const Icon = blocks ? CircleAlert : Info;
        return (
          <li
            key={gap.key}
            className={`flex gap-3 border-b border-border px-4 py-3 last:border-0 ${blocks ? "tone-failed" : "tone-cancelled"}`}
          >
            <Icon aria-hidden className="mt-[3px] size-4 shrink-0 text-tone !stroke-2" />
            <div className="min-w-0 flex-1">
              <div className="font-medium break-words">{gap.headline}</div>
              <div className="text-sm text-pretty break-words text-muted-foreground">
                {gap.detail}
              </div>
              {gap.names.length > 0 ? (
                <div className="mt-1.5 flex flex-wrap gap-1.5">
                  {gap.names.map((name) => (
                    <code
                      key={name}
                      className="mono rounded-xs bg-sunken px-1.5 py-px text-xs text-muted-foreground"
                    >
                      {name}
                    </code>
                  ))}
                </div>
              ) : null}
            </div>
            {gap.remedy ? (
              <Button asChild size="row">
                <Link href={gap.remedy.href} aria-label={`${gap.remedy.label}: ${gap.headline}`}>
                  {gap.remedy.label}
                </Link>
              </Button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
