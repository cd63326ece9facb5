import { type StatusKind, toneOfStatus } from "@/lib/domain/views/status";
import { statusIcon } from "./status-mark";
import { cn } from "./ui/cn";

/** A status: icon and word. The mark carries the colour, the word stays ink; held is inverted. */
export function StatusBadge({
  kind,
  word,
  strong = false,
}: {
  kind: StatusKind;
  word: string;
  strong?: boolean;
}) {
  const Icon = statusIcon(kind);
  if (kind === "held") {
    return (
      <span className="flex w-fit items-center gap-1.5 whitespace-nowrap rounded-xs bg-held pr-2 pl-1.5 text-sm/[22px] font-medium text-held-foreground">
        <Icon aria-hidden className="size-[15px] !stroke-2" />
        {word}
      </span>
    );
  }
  const heavy = strong || kind === "failed" || kind === "unknown" || kind === "down";
  return (
    <span
      className={cn(
        `tone-${toneOfStatus[kind]}`,
        "flex w-fit items-center gap-1.5 whitespace-nowrap text-sm",
        heavy && "font-medium",
      )}
    >
      <Icon
        aria-hidden
        className={cn(
          "size-[15px] text-tone !stroke-2",
          kind === "sending" && "motion-safe:animate-pulse",
        )}
      />
      {word}
    </span>
  );
}
