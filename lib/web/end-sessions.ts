import "server-only";
import { revokeAdminSession, revokeAdminSessions } from "@/lib/store/admin-sessions";
import { webDatabase } from "./service-context";

/** Signs one session out by its public name; false when it had ended. For actions, which check the viewer. */
export function endSession(publicId: string): Promise<boolean> {
  return revokeAdminSession(webDatabase().db, publicId);
}

/** Signs everybody out but one; returns how many. For actions, which check the viewer. */
export function endAllSessions(exceptPublicId: string | null): Promise<number> {
  return revokeAdminSessions(
    webDatabase().db,
    exceptPublicId === null ? {} : { except: exceptPublicId },
  );
}
