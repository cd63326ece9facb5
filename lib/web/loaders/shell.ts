import "server-only";
import { cache } from "react";
import type { ShellView } from "@/lib/domain/views/shell";
import { countNeedsYou } from "@/lib/store/views/notification-list";
import { findNewestHeartbeat } from "@/lib/store/views/overview";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

/** The frame around every page. */
export const loadShell = cache(async (): Promise<ShellView> => {
  await requireViewer();
  const { db } = webDatabase();
  const [heartbeat, needsYou] = await Promise.all([findNewestHeartbeat(db), countNeedsYou(db)]);
  return {
    workerSeenAt: heartbeat?.beatAt ?? null,
    version: heartbeat?.version ?? null,
    attention: { notifications: needsYou },
  };
});
