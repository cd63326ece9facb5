import "server-only";
import { cache } from "react";
import type { ShellView } from "@/lib/domain/views/shell";
import { listDown } from "@/lib/store/health";
import { countIssuesNeedingYou } from "@/lib/store/views/issue-list";
import { countNeedsYou } from "@/lib/store/views/notification-list";
import { findNewestHeartbeat } from "@/lib/store/views/overview";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

/** The frame around every page. */
export const loadShell = cache(async (): Promise<ShellView> => {
  const viewer = await requireViewer();
  const { db } = webDatabase();
  const [heartbeat, needsYou, issues, down] = await Promise.all([
    findNewestHeartbeat(db),
    countNeedsYou(db),
    countIssuesNeedingYou(db),
    listDown(db),
  ]);
  return {
    workerSeenAt: heartbeat?.beatAt ?? null,
    version: heartbeat?.version ?? null,
    signedIn: viewer.kind === "admin" ? { name: viewer.actor, endsAt: viewer.endsAt } : null,
    attention: { notifications: needsYou, issues, health: down.length },
  };
});
