import type { ReactNode } from "react";
import type { FailingJobView } from "@/lib/domain/views/health";
import { type Reader, whenPhrase } from "@/lib/domain/views/moment-words";

/** Jobs of the queue whose last try failed, with what they said. */
export function FailingJobs({
  jobs,
  reader,
  actions,
}: {
  jobs: FailingJobView[];
  reader: Reader;
  actions: (job: FailingJobView) => ReactNode;
}) {
  return (
    <ul>
      {jobs.map((job) => (
        <li
          key={job.id}
          className="flex items-start gap-3 border-b border-border px-4 py-3 last:border-0 max-md:flex-col"
        >
          <div className="min-w-0 flex-1">
            <div className="font-medium">
              {job.title}
              <span className="num ml-2 text-sm font-normal text-muted-foreground">
                {job.attempts},{" "}
                {job.nextTryAt
                  ? `next ${whenPhrase(job.nextTryAt, reader)}`
                  : "not tried again by itself"}
              </span>
            </div>
            <p className="mono text-xs/[18px] text-muted-foreground">{job.lastError}</p>
          </div>
          <div className="flex shrink-0 gap-2">{actions(job)}</div>
        </li>
      ))}
    </ul>
  );
}
