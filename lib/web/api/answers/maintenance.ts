import "server-only";
import { AppError } from "@/lib/errors";
import { cancelMaintenance, endMaintenance } from "@/lib/services/maintenance/advance-maintenance";
import { changeMaintenance } from "@/lib/services/maintenance/change-maintenance";
import { scheduleMaintenance } from "@/lib/services/maintenance/schedule-maintenance";
import {
  findMaintenanceWindow,
  listLiveWindows,
  listPastWindows,
  type MaintenanceWindow,
} from "@/lib/store/maintenance";
import { windowDeed } from "../../deeds";
import { webContext, webDatabase } from "../../service-context";
import { apiRoute } from "../api-route";
import {
  getMaintenance,
  patchMaintenance,
  postMaintenance,
  postMaintenanceCancel,
  postMaintenanceEnd,
} from "../contracts/maintenance";
import { iso } from "../moments";

export const maintenanceList = apiRoute(getMaintenance, async () => {
  const { db } = webDatabase();
  const [upcoming, past] = await Promise.all([listLiveWindows(db), listPastWindows(db, 50)]);
  return { upcoming: upcoming.map(answerOf), past: past.map(answerOf) };
});

export const maintenanceSchedule = apiRoute(postMaintenance, async ({ body, actor, note }) => {
  note({ subject: body.title });
  const { window, mails } = await scheduleMaintenance(webContext(), planOf(body), actor);
  return { window: answerOf(window), mails };
});

export const maintenanceChange = apiRoute(patchMaintenance, async ({ params, body, note }) => {
  const { mails, before } = await changeMaintenance(webContext(), params.id, planOf(body));
  note({ subject: body.title, before });
  return { window: await windowNow(params.id), mails };
});

export const maintenanceCancel = apiRoute(postMaintenanceCancel, async ({ params, note }) => {
  note(await windowDeed(params.id, { status: "cancelled" }));
  const { mails } = await cancelMaintenance(webContext(), params.id);
  return { window: await windowNow(params.id), mails };
});

export const maintenanceEnd = apiRoute(postMaintenanceEnd, async ({ params, note }) => {
  note(await windowDeed(params.id, { status: "finished" }));
  await endMaintenance(webContext(), params.id);
  return { window: await windowNow(params.id) };
});

function planOf<P extends { startsAt: string; endsAt: string }>(body: P) {
  return { ...body, startsAt: new Date(body.startsAt), endsAt: new Date(body.endsAt) };
}

async function windowNow(windowId: number) {
  const window = await findMaintenanceWindow(webDatabase().db, windowId);
  if (!window) throw new AppError("not_found", "There is no such maintenance window");
  return answerOf(window);
}

function answerOf(window: MaintenanceWindow) {
  const { id, title, text, zone, status } = window;
  return {
    id,
    title,
    text,
    zone,
    status,
    startsAt: iso(window.startsAt),
    endsAt: iso(window.endsAt),
    announcedAt: iso(window.announcedAt),
    remindedAt: iso(window.remindedAt),
    finishedAt: iso(window.finishedAt),
  };
}
