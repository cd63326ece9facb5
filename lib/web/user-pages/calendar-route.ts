import "server-only";
import { createHash } from "node:crypto";
import { calendarFeedText } from "@/lib/domain/calendar-feed";
import { listUpcomingOfUser } from "@/lib/store/views/upcoming-of-user";
import { webContext } from "../service-context";
import { findHolder, troubleWords } from "./link-holder";
import { plain } from "./read-form";

type Place = { params: Promise<{ token: string }> };

const dayMs = 24 * 60 * 60 * 1000;
/** Episodes that aired lately stay, so that a calendar does not forget last week. */
const lookBackMs = 30 * dayMs;
const mostEpisodes = 1000;

/** The calendar of a person's upcoming episodes, for the calendar programs that ask for it again and again. */
export async function showCalendar(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  try {
    const user = await findHolder(token.replace(/\.ics$/, ""), "calendar");
    const ctx = webContext();
    const { settings } = await ctx.loadConfig();
    const since = new Date(ctx.now().getTime() - lookBackMs);
    const isServed = user.isActive && user.goneFromSeerrAt === null;
    const episodes = isServed
      ? await listUpcomingOfUser(ctx.database.db, user.id, since, mostEpisodes)
      : [];
    const body = calendarFeedText({ serverName: settings.MAIL_SERVER_NAME, episodes });
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const headers = {
      ETag: etag,
      "Cache-Control": "private, max-age=3600",
      "X-Robots-Tag": "noindex, nofollow",
    };
    if (namesTag(request.headers.get("if-none-match"), etag)) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(body, {
      status: 200,
      headers: {
        ...headers,
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="upcoming.ics"',
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
      },
    });
  } catch (error) {
    const { status, title, words } = troubleWords(error);
    return plain(status, `${title}. ${words}`);
  }
}

/** Whether `If-None-Match` names the tag; proxies may have marked it as weak. */
function namesTag(header: string | null, etag: string): boolean {
  return (header ?? "").split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
