import { sentenceZoneNote } from "@/lib/domain/views/moment-words";
import type { TimelineRowView } from "@/lib/domain/views/timeline";
import { webContext } from "@/lib/web/service-context";
import { currentReader } from "@/lib/web/viewer";

/** Below a timeline: in which zone its sentences name clock times, for readers in another one. */
export async function SentenceZone({ rows }: { rows: readonly TimelineRowView[] }) {
  const isNeeded = rows.some(({ words, reason }) => /\b\d\d:\d\d\b/.test(`${words} ${reason}`));
  if (!isNeeded) return null;
  const [{ timeZone }, reader] = await Promise.all([webContext().loadConfig(), currentReader()]);
  const note = sentenceZoneNote(timeZone, reader);
  return note ? (
    <p className="pb-4 pl-[108px] text-xs text-pretty text-subtle-foreground max-md:pl-[90px]">
      {note}
    </p>
  ) : null;
}
