import "server-only";
import { AppError } from "@/lib/errors";
import { endApiKey } from "@/lib/services/api-keys";
import { listAdminSessions } from "@/lib/store/admin-sessions";
import { listApiKeys } from "@/lib/store/api-keys";
import { keyDeed, sessionDeed } from "../../deeds";
import { endSession } from "../../end-sessions";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { deleteApiKey, deleteSession, getApiKeys, getSessions } from "../contracts/security";
import { iso } from "../moments";

export const apiKeyList = apiRoute(getApiKeys, async () => {
  const keys = await listApiKeys(webContext().database.db);
  return {
    rows: keys.map(({ id, name, scope, hint, createdBy, createdAt, lastUsedAt, lastUsedFrom }) => ({
      ...{ id, name, scope, hint, createdBy, lastUsedFrom },
      createdAt: iso(createdAt),
      lastUsedAt: iso(lastUsedAt),
    })),
  };
});

export const apiKeyRevocation = apiRoute(deleteApiKey, async ({ params, note }) => {
  note(keyDeed(await endApiKey(webContext(), params.id)));
  return null;
});

export const sessionList = apiRoute(getSessions, async () => {
  const ctx = webContext();
  const sessions = await listAdminSessions(ctx.database.db, ctx.now());
  return {
    rows: sessions.map(({ session, name }) => ({
      id: session.publicId,
      account: name,
      address: session.address,
      userAgent: session.userAgent,
      createdAt: iso(session.createdAt),
      lastSeenAt: iso(session.lastSeenAt),
    })),
  };
});

export const sessionEnd = apiRoute(deleteSession, async ({ params, note }) => {
  note(await sessionDeed(params.id));
  if (!(await endSession(params.id))) throw new AppError("not_found", "It had ended already");
  return null;
});
