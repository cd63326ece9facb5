import { columnMoment, exactMoment, type Reader } from "@/lib/domain/views/moment-words";

/** A moment in a narrow column; the exact one with seconds and zone on hover. */
export function Moment({ at, reader, words }: { at: Date; reader: Reader; words?: string }) {
  return (
    <time dateTime={at.toISOString()} title={exactMoment(at, reader.timeZone)} className="num">
      {words ?? columnMoment(at, reader)}
    </time>
  );
}
