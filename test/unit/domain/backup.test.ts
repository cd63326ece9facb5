import { expect, test } from "vitest";
import {
  backupFileName,
  decideSurplus,
  parseBackupName,
  sizeWords,
  spaceProblem,
} from "@/lib/domain/backup";

test("the name of a backup says when and why it was made", () => {
  const at = new Date("2026-11-22T20:26:05Z");
  const name = backupFileName(at, "before-restore");
  expect(name).toBe("bingealert-20261122-202605-before-restore.backup");
  expect(parseBackupName(name)).toEqual({ at, kind: "before-restore" });
});

test.each([
  "../bingealert-20261122-202605-manual.backup",
  "bingealert-20261122-202605-manual.backup/../../.env",
  "bingealert-20261122-202605-manual.backup\0",
  "bingealert-20261122-202605-other.backup",
  "bingealert-20261322-202605-manual.backup",
  ".env",
  "",
])("%j is no backup", (name) => {
  expect(parseBackupName(name)).toBeNull();
});

test("only scheduled backups count, the oldest go first", () => {
  const names = [
    "bingealert-20261101-000000-scheduled.backup",
    "bingealert-20261103-000000-scheduled.backup",
    "bingealert-20261102-000000-scheduled.backup",
    "bingealert-20261001-000000-manual.backup",
    "bingealert-20261001-000000-uploaded.backup",
    "notes.txt",
  ];
  expect(decideSurplus(names, 2)).toEqual(["bingealert-20261101-000000-scheduled.backup"]);
  expect(decideSurplus(names, 3)).toEqual([]);
});

test("a backup needs room and leaves some", () => {
  expect(spaceProblem(100e9, 1e9)).toBeNull();
  expect(spaceProblem(1e9, 1e9)).toMatch(/has 1 GB free; a backup needs up to 1\.1 GB/);
});

test.each([
  [0, "0 bytes"],
  [812_000, "812 kB"],
  [4_240_000, "4.2 MB"],
  [1_300_000_000, "1.3 GB"],
])("%d bytes are %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
