import { z } from "zod";

/**
 * What a backup is: one gzip file with a header in JSON, then each table as PostgreSQL's COPY text between a line that
 * names it and a line `\.`, then a line in JSON with the row counts and checksums. Each part can be read with zcat.
 */

export const backupKinds = ["scheduled", "manual", "before-restore", "uploaded"] as const;
export type BackupKind = (typeof backupKinds)[number];

export const backupKindWords: Record<BackupKind, string> = {
  scheduled: "By schedule",
  manual: "By hand",
  "before-restore": "Before a restore",
  uploaded: "Uploaded",
};

const names = z.array(z.string().regex(/^[a-z][a-z0-9_]{0,62}$/)).min(1);

/** First line of a backup. */
export const backupHeader = z.object({
  format: z.literal("bingealert-backup"),
  /** Of this container, not of the product. */
  version: z.literal(1),
  product: z.string(),
  createdAt: z.coerce.date(),
  kind: z.enum(backupKinds),
  /** The last migration its tables have been through. */
  migration: z.object({ tag: z.string(), hash: z.string() }),
  tables: names,
  /** Connections without their secrets, by their names in the `.env` of the config folder. */
  settings: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()),
});
export type BackupHeader = z.infer<typeof backupHeader>;

/** The line before the rows of a table. */
export const backupTable = z.object({ table: z.string(), columns: names });

/** Last line of a backup. */
export const backupTrailer = z.object({
  tables: z.record(z.string(), z.object({ rows: z.number().int(), sha256: z.string() })),
});
export type BackupTrailer = z.infer<typeof backupTrailer>;

const fileName = /^bingealert-(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})-([a-z-]+)\.backup$/;

/** `bingealert-20261122-202605-manual.backup`, by UTC. */
export function backupFileName(at: Date, kind: BackupKind): string {
  const stamp = at.toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return `bingealert-${stamp}-${kind}.backup`;
}

/** When and why a backup was made, by its name; null for any other name, such as one with a path in it. */
export function parseBackupName(name: string): { at: Date; kind: BackupKind } | null {
  const match = fileName.exec(name);
  const kind = backupKinds.find((known) => known === match?.[7]);
  if (!match || !kind) return null;
  const [, year, month, day, hours, minutes, seconds] = match;
  const at = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(at.getTime()) ? null : { at, kind };
}

/** Which of the scheduled backups are too many: all but the `keep` newest. Others are never among them. */
export function decideSurplus(fileNames: readonly string[], keep: number): string[] {
  return fileNames
    .flatMap((name) => {
      const parsed = parseBackupName(name);
      return parsed?.kind === "scheduled" ? [{ name, at: parsed.at.getTime() }] : [];
    })
    .sort((a, b) => b.at - a.at)
    .slice(keep)
    .map(({ name }) => name);
}

/** Left free beside a backup, so that the database itself does not run out of room. */
const reserveBytes = 64 * 1024 * 1024;

/** Why there is no room for a backup of that many bytes at most, in words; null when there is. */
export function spaceProblem(freeBytes: number, expectedBytes: number): string | null {
  if (freeBytes >= expectedBytes + reserveBytes) return null;
  return `The disk of the config folder has ${sizeWords(freeBytes)} free; a backup needs up to ${sizeWords(expectedBytes + reserveBytes)}`;
}

/** "812 kB", "4.2 MB", "1.3 GB". */
export function sizeWords(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const figure = unit === 0 || amount >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10;
  return `${figure} ${units[unit]}`;
}
