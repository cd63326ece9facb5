/** Lines of our own log, as they are kept and looked at. */

export const logProcesses = ["web", "worker", "supervisor"] as const;
export type LogProcess = (typeof logProcesses)[number];

export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevelName = (typeof logLevels)[number];

/** Name of the file that holds lines of a process, such as `web.000012.jsonl`: higher numbers are newer. */
export const logFileName = (process: LogProcess, number: number): string =>
  `${process}.${String(number).padStart(6, "0")}.jsonl`;

/** What a file's name says; null for any other file. */
export function parseLogFileName(name: string): { process: LogProcess; number: number } | null {
  const match = /^(web|worker|supervisor)\.(\d{6,9})\.jsonl$/.exec(name);
  if (!match) return null;
  return { process: match[1] as LogProcess, number: Number(match[2]) };
}

export type LogLine = {
  /** Process, file and place: the same line has it for as long as it is kept. */
  id: string;
  process: LogProcess;
  /** As it was written, in UTC with milliseconds. */
  time: string;
  level: LogLevelName;
  message: string;
  /** Everything else, as text. */
  fields: { name: string; value: string }[];
};

export type LogFilter = {
  process: LogProcess | null;
  /** This level and what is worse. */
  level: LogLevelName;
  /** Anywhere in the line, in any case. */
  text: string | null;
  field: { name: string; value: string } | null;
  since: Date | null;
  until: Date | null;
};

/** Where reading goes on, per process: a file and how far into it. */
export type LogPlace = Partial<Record<LogProcess, { file: number; offset: number }>>;

/** A place as it stands in an address: `web.12.3456-worker.1.0`. */
export function encodeLogPlace(place: LogPlace): string {
  return logProcesses
    .flatMap((process) => {
      const at = place[process];
      return at ? [`${process}.${at.file}.${at.offset}`] : [];
    })
    .join("-");
}

/** Reads a place from an address; null when it is none. */
export function decodeLogPlace(text: string | undefined): LogPlace | null {
  if (!text || text.length > 200) return null;
  const place: LogPlace = {};
  for (const part of text.split("-")) {
    const match = /^(web|worker|supervisor)\.(\d{1,9})\.(\d{1,12})$/.exec(part);
    if (!match) return null;
    place[match[1] as LogProcess] = { file: Number(match[2]), offset: Number(match[3]) };
  }
  return place;
}

/** A kept line as it is shown; null for what is no line of ours, such as half of one. */
export function parseLogLine(
  text: string,
  place: { process: LogProcess; file: number; offset: number },
): LogLine | null {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof record !== "object" || record === null || Array.isArray(record)) return null;
  const { time, level, message, ...rest } = record as Record<string, unknown>;
  if (typeof time !== "string" || Number.isNaN(Date.parse(time))) return null;
  const known = logLevels.find((name) => name === level);
  if (!known) return null;
  return {
    id: `${place.process}.${place.file}.${place.offset}`,
    process: place.process,
    time,
    level: known,
    message: typeof message === "string" ? message : JSON.stringify(message ?? ""),
    fields: Object.entries(rest).map(([name, value]) => ({ name, value: fieldText(value) })),
  };
}

function fieldText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null
    ? JSON.stringify(value, null, 2)
    : String(value);
}

/** Whether a line passes everything of a filter but the process and the times. */
export function passesFilter(line: LogLine, filter: LogFilter): boolean {
  if (logLevels.indexOf(line.level) < logLevels.indexOf(filter.level)) return false;
  const { field } = filter;
  return (
    field === null ||
    line.fields.some(({ name, value }) => name === field.name && value === field.value)
  );
}
