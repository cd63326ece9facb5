import "server-only";
import { cache } from "react";
import { type DownloadsView, type DownloadView, downloadView } from "@/lib/domain/views/downloads";
import { listDownloadsOfRequest, listLiveDownloads } from "@/lib/store/views/download-list";
import { webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";

const MOST_ROWS = 100;

/** What Sonarr and Radarr download now, as the last check saw it; at most a hundred, those in trouble first. */
export const loadDownloads = cache(async (): Promise<DownloadsView> => {
  await requireViewer();
  const reader = await currentReader();
  const { rows, total, stuck } = await listLiveDownloads(webDatabase().db, MOST_ROWS);
  return { rows: rows.map((row) => downloadView(row, reader)), total, stuck };
});

/** The downloads of one request, as the last check saw them. */
export const loadRequestDownloads = cache(async (requestId: number): Promise<DownloadView[]> => {
  await requireViewer();
  const reader = await currentReader();
  const rows = await listDownloadsOfRequest(webDatabase().db, requestId, MOST_ROWS);
  return rows.map((row) => downloadView(row, reader));
});
