import type { WorkerView } from "@/lib/domain/views/health";
import { agoWords, type Reader } from "@/lib/domain/views/moment-words";
import { Moment } from "../relative-time";
import { StatusBadge } from "../status-badge";

/** The worker processes on record and when each was last heard of. */
export function WorkerList({ workers, reader }: { workers: WorkerView[]; reader: Reader }) {
  if (workers.length === 0) {
    return (
      <p className="px-4 py-4 text-sm text-muted-foreground">
        No worker runs. Mails and checks wait until one does; restart BingeAlert.
      </p>
    );
  }
  return (
    <ul className="py-[5px]">
      {workers.map((worker) => (
        <li key={worker.workerId} className="flex items-center gap-3 px-4 py-[7px] text-sm">
          <StatusBadge
            kind={worker.isSilent ? "down" : "up"}
            word={worker.isSilent ? "Silent" : "At work"}
          />
          <span
            className="num ml-auto text-right text-xs text-muted-foreground"
            title={worker.workerId}
          >
            {worker.isSilent ? (
              <>
                last heard{" "}
                <Moment
                  at={worker.beatAt}
                  reader={reader}
                  words={agoWords(worker.beatAt, reader.now)}
                />
              </>
            ) : (
              <>
                since <Moment at={worker.startedAt} reader={reader} />
              </>
            )}
            , version {worker.version}
          </span>
        </li>
      ))}
    </ul>
  );
}
