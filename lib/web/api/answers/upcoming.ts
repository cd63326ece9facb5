import "server-only";
import { AppError } from "@/lib/errors";
import {
  findCalendarPath,
  makeCalendarLink,
  revokeCalendarLink,
} from "@/lib/services/users/household-calendar";
import { listUpcoming } from "@/lib/store/views/upcoming";
import { calendarLinkDeed } from "../../deeds";
import { listCalendarStandings } from "../../loaders/upcoming";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { deleteCalendarLink, getUpcoming, postCalendarLink } from "../contracts/upcoming";
import { iso } from "../moments";

const dayMs = 86_400_000;
const mostRows = 2_000;

export const upcomingList = apiRoute(getUpcoming, async ({ query }) => {
  const ctx = webContext();
  const { days, type, quality, person } = query;
  const now = ctx.now().getTime();
  const [rows, calendars] = await Promise.all([
    listUpcoming(
      ctx.database.db,
      {
        // A movie's day has begun.
        from: new Date(Math.floor(now / dayMs) * dayMs),
        until: new Date(now + days * dayMs),
        type: type ?? null,
        isFourK: quality ? quality === "4k" : null,
        personId: person ?? null,
      },
      mostRows + 1,
    ),
    listCalendarStandings(ctx),
  ]);
  return {
    rows: rows
      .slice(0, mostRows)
      .map(
        ({
          at,
          isFourK,
          people,
          peopleCount,
          posterPath: _p,
          runtimeMinutes: _r,
          changedAt: _c,
          instanceKey: _i,
          ...row
        }) => ({
          ...row,
          at: iso(at),
          is4k: isFourK,
          waiting: people,
          waitingCount: peopleCount,
        }),
      ),
    isCut: rows.length > mostRows,
    calendars: calendars.map(({ key, readAt, ...one }) => ({
      ...one,
      instance: key,
      readAt: iso(readAt),
    })),
  };
});

export const calendarLink = apiRoute(postCalendarLink, async ({ note }) => {
  note(await calendarLinkDeed("made"));
  const ctx = webContext();
  await makeCalendarLink(ctx);
  const path = await findCalendarPath(ctx);
  if (!path) throw new AppError("conflict", "It was revoked again at the same moment");
  return { path };
});

export const calendarLinkRevocation = apiRoute(deleteCalendarLink, async ({ note }) => {
  note(await calendarLinkDeed("revoked"));
  await revokeCalendarLink(webContext());
  return null;
});
