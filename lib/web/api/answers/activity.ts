import "server-only";
import { listAuditEntries } from "@/lib/store/audit";
import { webDatabase } from "../../service-context";
import { apiRoute } from "../api-route";
import { getActivity } from "../contracts/activity";
import { idPage } from "../id-page";
import { iso } from "../moments";

export const activityList = apiRoute(getActivity, async ({ query }) => {
  const { q, actor, area, after, limit } = query;
  const entries = await listAuditEntries(
    webDatabase().db,
    { actor: actor ?? null, area: area ?? null, text: q || null },
    { before: after ?? null, limit: limit + 1 },
  );
  const { rows, next } = idPage(entries, limit);
  return { rows: rows.map(({ at, ...entry }) => ({ ...entry, at: iso(at) })), next };
});
