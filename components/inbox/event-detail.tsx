import Link from "next/link";
import type { ReactNode } from "react";
import { sizeWords } from "@/lib/domain/views/count-words";
import type { InboxEventView } from "@/lib/domain/views/inbox";
import { toneOfStatus } from "@/lib/domain/views/status";
import { CodeBlock } from "../code-block";
import { CopyButton } from "../copy-button";
import { statusIcon } from "../status-mark";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Seg, type TabItem } from "../ui/tabs";

/** What an event caused, then what arrived. */
export function EventDetail({
  event,
  part,
  parts,
  head,
}: {
  event: InboxEventView;
  part: "body" | "headers";
  parts: TabItem[];
  head: ReactNode;
}) {
  const text = part === "body" ? event.body : headerText(event.headers);
  return (
    <article>
      {head}
      <h2 className="card-title mt-[22px] mb-2">What it caused</h2>
      <Card>
        <ul>
          {event.effects.map((effect) => {
            const Icon = statusIcon(effect.status);
            return (
              <li
                key={`${effect.words}-${effect.detail}`}
                className={cn(
                  `tone-${toneOfStatus[effect.status]}`,
                  "grid grid-cols-[22px_minmax(0,232px)_minmax(0,1fr)] items-baseline gap-2 border-b border-border px-4 py-[9px] text-sm last:border-0 max-md:grid-cols-[22px_minmax(0,1fr)]",
                )}
              >
                <Icon
                  aria-hidden
                  className="size-[15px] self-center text-tone !stroke-2 max-md:self-start max-md:mt-0.5"
                />
                <span className="font-medium break-words">{effect.words}</span>
                <span className="break-words text-muted-foreground max-md:col-start-2">
                  {effect.detail}
                </span>
              </li>
            );
          })}
        </ul>
      </Card>
      <div className="mt-[22px] mb-2 flex items-center justify-between gap-3">
        <span className="flex items-center gap-3.5">
          <h2 className="card-title">What arrived</h2>
          <Seg small label="Part" items={parts} />
        </span>
        <span className="flex items-center gap-2 text-xs text-muted-foreground">
          <span className="num">{sizeWords(event.bodyBytes)}</span>
          <CopyButton text={text} />
        </span>
      </div>
      <Card className="overflow-hidden">
        {event.bodyRemoved ? (
          <p className="num px-4 py-3 text-sm text-muted-foreground">{event.bodyRemoved}</p>
        ) : (
          <CodeBlock text={text} label={part === "body" ? "Body" : "Headers"} />
        )}
      </Card>
      {event.replayOf ? (
        <p className="mt-3 text-xs text-muted-foreground">
          A replay of{" "}
          <Link href={`/inbox/${event.replayOf}`} className="font-medium text-primary-text">
            event {event.replayOf}
          </Link>
          .
        </p>
      ) : null}
    </article>
  );
}

function headerText(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
