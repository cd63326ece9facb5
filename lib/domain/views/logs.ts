import type { LogLevelName, LogLine, LogProcess } from "../log-line";

/** What the page of logs and its further looks hand to the browser. */

export type LogPartView = {
  /** The newest first. */
  lines: LogLine[];
  /** Place of older lines; null when everything was looked at. */
  older: string | null;
  /** Place after which newer ones follow. */
  newest: string;
  /** How far back was looked, when time was up before enough was found. */
  searchedTo: string | null;
  /** There were more new lines than one look takes. */
  isCut: boolean;
};

export type LogsView = {
  part: LogPartView;
  /** Which processes have lines on this machine. */
  processes: LogProcess[];
  keptBytes: number;
  folder: string;
  /** Why lines are not kept right now; null when they are. */
  trouble: string | null;
  /** What of the product runs on this machine. */
  role: "all" | "web" | "worker";
};

/** Stretches of time to look at, by what stands in the address. */
export const logStretches = {
  "15m": { words: "15 minutes", ms: 15 * 60_000 },
  "1h": { words: "hour", ms: 60 * 60_000 },
  "24h": { words: "24 hours", ms: 24 * 60 * 60_000 },
  "7d": { words: "7 days", ms: 7 * 24 * 60 * 60_000 },
} as const;
export type LogStretch = keyof typeof logStretches;

/** A level as a filter: it and what is worse. */
export const levelChoices: { value: LogLevelName; label: string }[] = [
  { value: "info", label: "info and above" },
  { value: "warn", label: "warn and error" },
  { value: "error", label: "error" },
];

/** A field as it stands in the address: `task=flush_batch`. */
export function readField(text: string | undefined): { name: string; value: string } | null {
  const at = text?.indexOf("=") ?? -1;
  if (!text || at < 1 || text.length > 1_000) return null;
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}
