import Link from "next/link";
import type { ServiceStandingView } from "@/lib/domain/views/overview";
import { toneOfStatus } from "@/lib/domain/views/status";
import { latencyWords } from "../health/health-history";
import { statusIcon } from "../status-mark";
import { cn } from "../ui/cn";

/** Every service in a line: its mark, and how fast it answers or what is wrong with it. */
export function ServiceStandings({ services }: { services: ServiceStandingView[] }) {
  return (
    <ul className="grid grid-cols-2 gap-x-2 px-2 py-1.5">
      {services.map(({ key, name, status, latencyMs }) => {
        const Icon = statusIcon(status.kind);
        const isFine = status.kind === "up" && latencyMs !== null;
        return (
          <li key={key} className="min-w-0">
            <Link
              href="/system"
              title={`${name}: ${status.word}`}
              className="flex items-center gap-2.5 rounded-sm px-2 py-[7px] text-sm transition-colors duration-fast hover:bg-hover"
            >
              <Icon
                aria-hidden
                className={`tone-${toneOfStatus[status.kind]} size-[15px] shrink-0 text-tone !stroke-2`}
              />
              <span className="truncate">{name}</span>
              <span
                className={cn(
                  "num ml-auto text-xs whitespace-nowrap",
                  isFine || status.kind === "declined"
                    ? "text-subtle-foreground"
                    : "font-medium text-foreground",
                )}
              >
                {isFine ? latencyWords(latencyMs) : status.word}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
