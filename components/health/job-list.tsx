import { Play } from "lucide-react";
import type { ReactNode } from "react";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import type { JobView } from "@/lib/domain/views/health";
import { durationWords, type Reader } from "@/lib/domain/views/moment-words";
import { toneOfStatus } from "@/lib/domain/views/status";
import { Moment } from "../relative-time";
import { statusIcon } from "../status-mark";

const th =
  "h-9 border-b border-border px-3 text-left text-xs font-medium text-subtle-foreground first:pl-4 last:pr-4";

/** The workers: last result, when, how long, what is next; one under way shows how far it is. */
export function JobList({
  jobs,
  reader,
  runButton,
}: {
  jobs: JobView[];
  reader: Reader;
  runButton: (job: JobView, icon: ReactNode) => ReactNode;
}) {
  return (
    <div className="@container">
      <table className="w-full table-fixed text-sm max-md:block">
        <thead className="max-md:sr-only">
          <tr>
            <th scope="col" className={`${th} w-[24%] @max-[720px]:w-[30%]`}>
              Job
            </th>
            <th scope="col" className={th}>
              Last result
            </th>
            <th scope="col" className={`${th} w-[96px] text-right`}>
              Ran
            </th>
            <th scope="col" className={`${th} w-[132px] text-right @max-[720px]:hidden`}>
              Next
            </th>
            <th scope="col" className={`${th} w-[98px]`}>
              <span className="sr-only">Start it</span>
            </th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {jobs.map((job) => (
            <tr
              key={job.name}
              className="border-b border-border last:border-0 max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:px-4 max-md:py-2.5"
            >
              <th
                scope="row"
                className="truncate px-3 py-2.5 pl-4 text-left align-top font-medium max-md:col-start-1 max-md:row-start-1 max-md:p-0"
              >
                {job.title}
              </th>
              <td className="px-3 py-2.5 align-top max-md:col-start-1 max-md:row-start-2 max-md:p-0">
                <Result job={job} reader={reader} />
              </td>
              <td className="num px-3 py-2.5 text-right align-top text-muted-foreground max-md:hidden">
                {job.last ? <Moment at={job.last.startedAt} reader={reader} /> : "Never"}
                {job.last?.tookMs == null ? null : (
                  <div className="text-xs/[18px] text-subtle-foreground">
                    took {durationWords(job.last.tookMs)}
                  </div>
                )}
              </td>
              <td className="num px-3 py-2.5 text-right align-top text-muted-foreground @max-[720px]:hidden">
                {job.nextRunAt ? <Next at={job.nextRunAt} reader={reader} /> : "By hand"}
              </td>
              <td className="px-3 py-1.5 pr-4 text-right align-top max-md:col-start-2 max-md:row-span-2 max-md:row-start-1 max-md:self-center max-md:p-0">
                {job.standing.kind === "idle" ? runButton(job, <Play aria-hidden />) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Next({ at, reader }: { at: Date; reader: Reader }) {
  return at <= reader.now ? "Now" : <Moment at={at} reader={reader} />;
}

function Result({ job, reader }: { job: JobView; reader: Reader }) {
  const { standing, last } = job;
  if (standing.kind === "running") return <Progress {...standing} reader={reader} />;
  if (standing.kind === "queued") {
    return <Marked status="waiting">Begins when the job before it is done</Marked>;
  }
  if (!last) return <span className="text-subtle-foreground">Has not run yet</span>;
  return (
    <>
      <Marked status={last.status}>
        {last.words}
        <span className="num md:hidden">
          {" "}
          ·{" "}
          <span className="whitespace-nowrap">
            <Moment at={last.startedAt} reader={reader} />
            {last.tookMs === null ? null : `, ${durationWords(last.tookMs)}`}
          </span>
        </span>
      </Marked>
      {last.error ? (
        <p className="pl-[21px] text-xs/[18px] break-words text-muted-foreground">
          {fullSentence(last.error)}
        </p>
      ) : null}
    </>
  );
}

function Marked({
  status,
  children,
}: {
  status: Parameters<typeof statusIcon>[0];
  children: ReactNode;
}) {
  const Icon = statusIcon(status);
  return (
    <span className={`tone-${toneOfStatus[status]} flex gap-1.5 text-muted-foreground`}>
      <Icon aria-hidden className="mt-[3px] size-[15px] text-tone !stroke-2" />
      <span className="min-w-0">{children}</span>
    </span>
  );
}

function Progress({
  words,
  done,
  total,
  startedAt,
  reader,
}: Extract<JobView["standing"], { kind: "running" }> & { reader: Reader }) {
  const share = total ? Math.min(1, done / total) : null;
  // Many words name the count already.
  const isCounted = total !== null && !words?.includes(`${done} of`);
  const howFar = isCounted
    ? `${done} of ${total}`
    : `for ${durationWords(reader.now.getTime() - startedAt.getTime())}`;
  return (
    <div className="tone-sending" role="status">
      <div className="num">
        {words ?? "At work"}
        <span className="text-muted-foreground"> · {howFar}</span>
      </div>
      {share === null ? null : (
        <div aria-hidden className="mt-1.5 h-1 overflow-hidden rounded-full bg-muted">
          <div className="h-full rounded-full bg-tone" style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </div>
  );
}
