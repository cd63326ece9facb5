import type { BackupKind } from "../backup";

export type BackupView = {
  fileName: string;
  kind: BackupKind;
  at: Date;
  sizeBytes: number;
  check:
    | { kind: "unchecked" }
    | { kind: "whole"; rows: number }
    | { kind: "damaged"; because: string };
};

export type RestoreView = {
  id: number;
  fileName: string;
  backupAt: Date | null;
  startedAt: Date;
  finishedAt: Date | null;
  outcome: "restored" | "failed" | null;
  words: string;
  heldMails: number;
};

export type SwallowedView = { id: number; personName: string; title: string; what: string };

export type BackupsView = {
  backups: BackupView[];
  restores: RestoreView[];
  freeBytes: number;
  /** How far the backup under way is; null when none is. */
  running: { words: string; done: number; total: number | null } | null;
  /** Why the latest run failed; null when it did not. */
  failure: string | null;
  /** When the next one is made by itself; null: only by hand. */
  nextAt: Date | null;
  keep: number;
  swallowed: { count: number; rows: SwallowedView[] };
};
