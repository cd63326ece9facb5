import "server-only";
import { AppError } from "@/lib/errors";
import { endApiKey } from "@/lib/services/access/api-keys";
import { listSessionsPage } from "@/lib/store/admin-sessions";
import { listApiKeys } from "@/lib/store/api-keys";
import { keyDeed, sessionDeed } from "../../deeds";
import { endSession } from "../../end-sessions";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { deleteApiKey, deleteSession, getApiKeys, getSessions } from "../contracts/security";
import { idPage } from "../id-page";
import { iso } from "../moments";
import { encodeSessionPlace } from "../session-cursor";

export const apiKeyList = apiRoute(getApiKeys, async ({ query }) => {
  const read = await listApiKeys(webContext().database.db, {
    before: query.after ?? null,
    limit: query.limit + 1,
  });
  const { rows, next } = idPage(read, query.limit);
  return {
    next,
    rows: rows.map(({ id, name, scope, hint, createdBy, createdAt, lastUsedAt, lastUsedFrom }) => ({
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

export const sessionList = apiRoute(getSessions, async ({ query }) => {
  const ctx = webContext();
  const read = await listSessionsPage(ctx.database.db, ctx.now(), {
    after: query.after ?? null,
    limit: query.limit + 1,
  });
  const sessions = read.slice(0, query.limit);
  const last = read.length > query.limit ? sessions.at(-1) : undefined;
  return {
    next: last ? encodeSessionPlace(last.session) : null,
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
