import { z } from "zod";
import { backupKinds, parseBackupName } from "@/lib/domain/backup";
import { endpoint } from "../endpoint";
import { idCursor, limit, longIdInBody, moment, pageOf } from "../fields";

const backup = z
  .strictObject({
    id: z.string().meta({ description: "Its file name" }),
    kind: z.enum(backupKinds),
    at: moment.meta({ description: "When it was made" }),
    sizeBytes: z.number().int(),
    checkedAt: moment.nullable().meta({ description: "When it was last read whole" }),
    rows: z.number().int().nullable(),
    problem: z.string().nullable().meta({ description: "What is wrong with it; null when whole" }),
  })
  .meta({ id: "Backup" });

const restore = z
  .strictObject({
    id: z.number().int(),
    backup: z.string(),
    startedAt: moment,
    swappedAt: moment.nullable(),
    finishedAt: moment.nullable(),
    outcome: z.enum(["restored", "failed"]).nullable().meta({ description: "Null while it runs" }),
    words: z.string(),
    heldMails: z.number().int(),
  })
  .meta({ id: "Restore" });

const params = z.strictObject({
  id: z
    .string()
    .refine((name) => parseBackupName(name) !== null, "is not the name of a backup")
    .meta({ description: "File name of the backup" }),
});
const noBackup = "There is no such backup";

export const getBackups = endpoint({
  method: "get",
  path: "/backups",
  tag: "Backups",
  summary: "Backups, the newest first, and the latest restores",
  response: z.strictObject({ backups: z.array(backup), restores: z.array(restore) }),
});

export const postBackup = endpoint({
  method: "post",
  path: "/backups",
  tag: "Backups",
  summary: "Make a backup",
  description: "It is queued, as `POST /jobs/backup/run` does.",
  response: z.strictObject({ standing: z.literal("queued") }),
  status: 202,
});

export const postBackupUpload = endpoint({
  method: "post",
  path: "/backups/upload",
  tag: "Backups",
  summary: "Take in a backup from elsewhere",
  description: "The body is the file itself, as application/octet-stream, up to 8 GB.",
  bytes: "body",
  response: z.strictObject({ id: z.string() }),
  status: 201,
  refusals: { 503: "There is no room for it" },
});

export const getBackupFile = endpoint({
  method: "get",
  path: "/backups/{id}/file",
  tag: "Backups",
  summary: "The file of a backup",
  description: "It holds everything, so a key that may only read gets none.",
  needs: "read_all",
  bytes: "answer",
  params,
  response: z.string(),
  refusals: { 404: noBackup },
});

export const postRestore = endpoint({
  method: "post",
  path: "/backups/{id}/restore",
  tag: "Backups",
  summary: "Restore a backup",
  description:
    "A worker reads it whole, backs up what is there, loads it beside and swaps last; `GET /backups` says how far it is. Nobody gets a mail by it.",
  params,
  response: z.strictObject({ restoreId: z.number().int() }),
  status: 202,
  refusals: { 404: noBackup, 409: "A restore is under way" },
});

export const getSwallowed = endpoint({
  method: "get",
  path: "/backups/swallowed",
  tag: "Backups",
  summary: "What a restore settled without a mail, the newest first",
  query: z.strictObject({ after: idCursor.optional(), limit }),
  response: pageOf(
    z
      .strictObject({
        id: z.number().int(),
        userId: z.number().int(),
        name: z.string(),
        requestId: z.number().int(),
        title: z.string(),
        mediaKey: z.string(),
        at: moment,
      })
      .meta({ id: "Swallowed" }),
  ).extend({ total: z.number().int() }),
});

export const postSwallowedRelease = endpoint({
  method: "post",
  path: "/backups/swallowed/release",
  tag: "Backups",
  summary: "Let what a restore swallowed be told after all",
  body: z.strictObject({
    ids: z.union([z.literal("all"), z.array(longIdInBody).min(1).max(1000)]),
  }),
  response: z.strictObject({ released: z.number().int() }),
});

export const deleteBackup = endpoint({
  method: "delete",
  path: "/backups/{id}",
  tag: "Backups",
  summary: "Delete a backup",
  params,
  response: z.null(),
  status: 204,
  refusals: { 404: noBackup },
});
