import "server-only";
import {
  decodeLogPlace,
  encodeLogPlace,
  type LogFilter,
  logLevels,
  logProcesses,
} from "@/lib/domain/log-line";
import { type LogPartView, type LogsView, logStretches, readField } from "@/lib/domain/views/logs";
import { getEnvironment } from "@/lib/env";
import { logFileTrouble, logFolder } from "@/lib/log-file";
import { measureLogs, readLogsBack, readLogsOn } from "@/lib/services/logs/read-logs";
import { currentReader, requireViewer } from "../viewer";

export type LogQuery = {
  q?: string | undefined;
  level?: string | undefined;
  process?: string | undefined;
  last?: string | undefined;
  field?: string | undefined;
  until?: string | undefined;
};

const LINES = 200;
/** A page is drawn within 200 ms; looking further takes a press of a button. */
const BUDGET_MS = 110;
const FURTHER_BUDGET_MS = 600;

/** What the address asks for; nonsense is no filter. */
export function logFilter(query: LogQuery, now: Date): LogFilter {
  const stretch = Object.entries(logStretches).find(([name]) => name === query.last)?.[1];
  const until = Date.parse(query.until ?? "");
  return {
    process: logProcesses.find((name) => name === query.process) ?? null,
    level: logLevels.find((name) => name === query.level) ?? "debug",
    text: query.q?.trim().slice(0, 200) || null,
    field: readField(query.field),
    since: stretch ? new Date(now.getTime() - stretch.ms) : null,
    until: Number.isNaN(until) ? null : new Date(until),
  };
}

/** The newest lines that were kept on this machine. */
export async function loadLogs(query: LogQuery): Promise<LogsView> {
  await requireViewer();
  const { now } = await currentReader();
  const { CONFIG_DIR: configDir, ROLE: role } = getEnvironment();
  const limits = { lines: LINES, budgetMs: BUDGET_MS };
  const [page, kept] = await Promise.all([
    readLogsBack(configDir, logFilter(query, now), null, limits),
    measureLogs(configDir),
  ]);
  return {
    part: partView({ ...page, isCut: false }),
    processes: logProcesses.filter((name) => page.newest[name] !== undefined),
    keptBytes: kept.bytes,
    folder: logFolder(configDir),
    trouble: logFileTrouble(),
    role,
  };
}

/** Older lines from a place on, or newer ones after it. Null for a place that is none. */
export async function loadLogPart(
  query: LogQuery,
  from: { before: string | undefined; after: string | undefined },
): Promise<LogPartView | null> {
  await requireViewer();
  const { now } = await currentReader();
  const { CONFIG_DIR: configDir } = getEnvironment();
  const filter = logFilter(query, now);
  if (from.after !== undefined) {
    const place = from.after === "" ? {} : decodeLogPlace(from.after);
    if (!place) return null;
    const page = await readLogsOn(configDir, filter, place);
    return partView({ ...page, older: null, searchedTo: null });
  }
  const place = from.before === undefined ? null : decodeLogPlace(from.before);
  if (from.before !== undefined && !place) return null;
  const limits = { lines: LINES, budgetMs: FURTHER_BUDGET_MS };
  return partView({ ...(await readLogsBack(configDir, filter, place, limits)), isCut: false });
}

function partView(
  page: Pick<LogPartView, "lines" | "isCut"> & {
    older: Parameters<typeof encodeLogPlace>[0] | null;
    newest: Parameters<typeof encodeLogPlace>[0];
    searchedTo: Date | null;
  },
): LogPartView {
  return {
    lines: page.lines,
    isCut: page.isCut,
    older: page.older && encodeLogPlace(page.older),
    newest: encodeLogPlace(page.newest),
    searchedTo: page.searchedTo?.toISOString() ?? null,
  };
}
