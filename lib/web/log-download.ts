import "server-only";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { getEnvironment } from "@/lib/env";
import { exportLogs, measureLogs } from "@/lib/services/logs/read-logs";
import { type LogQuery, logFilter } from "./loaders/logs";
import { requireViewer } from "./viewer";

/** More than this is sent compressed. */
const plainBytes = 1024 * 1024;

/** The lines of a filter as a file, one JSON object per line; large ones compressed. Never more than a piece in memory. */
export async function downloadLogs(query: LogQuery): Promise<Response> {
  await requireViewer();
  const now = new Date();
  const configDir = getEnvironment().CONFIG_DIR;
  const lines = Readable.from(exportLogs(configDir, logFilter(query, now)));
  const isLarge = (await measureLogs(configDir)).bytes > plainBytes;
  // A browser that goes away ends both.
  const sent = isLarge ? lines.compose(createGzip()) : lines;
  const name = `bingealert-${now.toISOString().slice(0, 16).replace(/[-:]/g, "")}.jsonl`;
  return new Response(Readable.toWeb(sent) as ReadableStream, {
    headers: {
      "Content-Type": isLarge ? "application/gzip" : "application/x-ndjson; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}${isLarge ? ".gz" : ""}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
