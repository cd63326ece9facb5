import Link from "next/link";
import type { DownloadView } from "@/lib/domain/views/downloads";
import { columnMoment, type Reader } from "@/lib/domain/views/moment-words";
import { Moment } from "./relative-time";
import { StatusBadge } from "./status-badge";

/** Live downloads with what is the matter and what becomes of it. Within a request each is named by its episodes. */
export function DownloadTable({
  rows,
  reader,
  within = "all",
}: {
  rows: DownloadView[];
  reader: Reader;
  within?: "all" | "request";
}) {
  return (
    <table className="w-full table-fixed text-sm">
      <colgroup>
        <col />
        <col className="w-[128px]" />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Download</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      {rows.map((row) => (
        <tbody key={row.id} className="border-b border-border align-top last:border-0">
          <tr>
            <td className="py-3 pr-3 pl-4">
              <What row={row} within={within} />
              <div className="truncate text-xs text-subtle-foreground" title={row.release}>
                {row.release}
              </div>
              <div className="text-xs text-muted-foreground">{row.from}</div>
            </td>
            <td className="py-3 pr-4">
              <div className="flex flex-col items-end gap-0.5 text-right">
                <StatusBadge kind={row.status.kind} word={row.status.word} />
                {row.progress ? (
                  <span className="num text-xs text-muted-foreground">{row.progress}</span>
                ) : null}
                {row.stillSince ? (
                  <span className="text-xs text-subtle-foreground">
                    since <Moment at={row.stillSince} reader={reader} words={since(row, reader)} />
                  </span>
                ) : null}
              </div>
            </td>
          </tr>
          {row.why || row.said.length > 0 || row.done.length > 0 ? (
            <tr>
              <td colSpan={2} className="px-4 pb-3">
                <Matter row={row} />
              </td>
            </tr>
          ) : null}
        </tbody>
      ))}
    </table>
  );
}

/** What is the matter, in our words and in theirs, and what was done about it. */
function Matter({ row }: { row: DownloadView }) {
  return (
    <div className="-mt-1 grid gap-1">
      {row.why ? <p className="break-words">{row.why}.</p> : null}
      {row.said.length > 0 ? (
        <ul className="mono text-muted-foreground">
          {row.said.map((text) => (
            <li key={text} className="break-words">
              {text}
            </li>
          ))}
        </ul>
      ) : null}
      {row.done.length > 0 ? (
        <p className="text-xs text-pretty break-words text-muted-foreground">
          {row.done.map((part) => `${part}.`).join(" ")}
        </p>
      ) : null}
    </div>
  );
}

/** Within a sentence. */
function since({ stillSince }: DownloadView, reader: Reader): string {
  return stillSince ? columnMoment(stillSince, reader).replace("Yesterday", "yesterday") : "";
}

function What({ row, within }: { row: DownloadView; within: "all" | "request" }) {
  if (within === "request") return <div className="font-medium break-words">{row.part}</div>;
  if (row.href === null) return <div className="font-medium break-words">{row.what}</div>;
  return (
    <Link href={row.href} className="font-medium break-words hover:underline">
      {row.what}
    </Link>
  );
}
