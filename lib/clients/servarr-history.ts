import { z } from "zod";
import { optionalDate, optionalText } from "./answer-fields";
import { createServarrHttp, type ServarrConnection } from "./servarr";

/** A file that came in through a download, as the history of an instance has it. */
export type ImportRecord = { at: Date; title: string | null };

/**
 * Imports since a moment, oldest first. Files copied in by hand leave no history. Throws UpstreamError when it cannot
 * be read.
 */
export async function readImports(
  service: "sonarr" | "radarr",
  connection: ServarrConnection,
  since: Date,
): Promise<ImportRecord[]> {
  const http = createServarrHttp(service, connection);
  // 3 is the import of a download in both services.
  const query = { date: since.toISOString(), eventType: 3 };
  const records = await http.get("api/v3/history/since", importRecords, query);
  return records
    .flatMap(({ eventType, date, sourceTitle }) =>
      eventType === "downloadFolderImported" && date ? [{ at: date, title: sourceTitle }] : [],
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

const importRecords = z.array(
  z.object({ eventType: optionalText, date: optionalDate, sourceTitle: optionalText }),
);
