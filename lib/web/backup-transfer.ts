import "server-only";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { AppError } from "@/lib/errors";
import { findBackupFile } from "@/lib/services/backups/backup-folder";
import { storeBackup } from "@/lib/services/backups/store-backup";
import { webContext } from "./service-context";

/** A backup of years of a large household is a few hundred megabytes. */
const largestBytes = 8 * 1024 ** 3;

/** Answers with the file of a backup, streamed. Throws `not_found`. */
export async function sendBackup(fileName: string): Promise<Response> {
  const { configDir } = await webContext().loadConfig();
  const file = await findBackupFile(configDir, fileName);
  return new Response(Readable.toWeb(createReadStream(file.path)) as ReadableStream, {
    headers: {
      "Content-Type": "application/octet-stream",
      "Content-Length": String(file.sizeBytes),
      "Content-Disposition": `attachment; filename="${file.fileName}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** Takes in the body of a request as a backup, streamed. Returns its name. Throws as `storeBackup` does. */
export async function receiveBackup(request: Request): Promise<string> {
  // A form of another site can send text or form data without asking first, this it cannot.
  if (request.headers.get("content-type") !== "application/octet-stream" || !request.body) {
    throw new AppError("bad_request", "Send the file itself as application/octet-stream");
  }
  const stated = request.headers.get("content-length");
  const statedBytes = stated !== null && /^\d+$/.test(stated) ? Number(stated) : null;
  const body = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]);
  return storeBackup(webContext(), body, { largestBytes, statedBytes });
}
