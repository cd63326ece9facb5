import { fullSentence } from "@/lib/domain/views/full-sentence";
import type { WatchedView } from "@/lib/domain/views/health";
import { toneOfStatus } from "@/lib/domain/views/status";
import { statusIcon } from "../status-mark";

/** What is watched beside the services: queue, workers, webhooks, disk. */
export function WatchedList({ watched }: { watched: WatchedView[] }) {
  if (watched.length === 0) {
    return <p className="px-4 py-4 text-sm text-muted-foreground">Not looked at yet.</p>;
  }
  return (
    <ul className="py-[5px]">
      {watched.map((one) => {
        const Icon = statusIcon(one.status);
        return (
          <li key={one.key} className={`tone-${toneOfStatus[one.status]} px-4 py-[7px] text-sm`}>
            <div className="flex items-start gap-2">
              <Icon aria-hidden className="mt-[3px] size-[15px] text-tone !stroke-2" />
              <span className="shrink-0 font-medium">{one.name}</span>
              <span className="num ml-auto text-right text-muted-foreground">{one.words}</span>
            </div>
            {one.remedy ? (
              <p className="pl-[23px] text-xs/[18px] text-muted-foreground">
                {fullSentence(one.remedy)}
              </p>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
