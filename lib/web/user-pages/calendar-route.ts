import "server-only";
import { createHash } from "node:crypto";
import { calendarFeedText } from "@/lib/domain/calendar-feed";
import { pageWords } from "@/lib/domain/page-words";
import { AppError } from "@/lib/errors";
import { householdFeed } from "@/lib/services/users/household-calendar";
import { readCalendarLink } from "@/lib/services/users/signed-links";
import { listUpcomingOfUser } from "@/lib/store/views/upcoming-of-user";
import { webContext } from "../service-context";
import { findHolder, linkKey, troubleOf } from "./link-holder";
import { plain } from "./read-form";
import { readingOf } from "./reading";

type Place = { params: Promise<{ token: string }> };

const dayMs = 24 * 60 * 60 * 1000;
/** Episodes that aired lately stay, so that a calendar does not forget last week. */
const lookBackMs = 30 * dayMs;
const mostEpisodes = 1000;

/** The calendar of a person's upcoming episodes, for the calendar programs that ask for it again and again. */
export async function showCalendar(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  try {
    const body = calendarFeedText(await feedOf(token.replace(/\.ics$/, "")));
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
    const { status, title, words } = troubleOf(request, error);
    return plain(status, `${title}. ${words}`);
  }
}

/** What the link shows: of one person, or of everybody. Throws `not_found` for one that was not made here. */
async function feedOf(token: string): Promise<Parameters<typeof calendarFeedText>[0]> {
  const ctx = webContext();
  const madeAt = readCalendarLink(linkKey(), token);
  if (madeAt) {
    const feed = await householdFeed(ctx, madeAt);
    if (!feed) throw new AppError("not_found", "This link was revoked");
    return { ...feed, words: pageWords((await ctx.loadConfig()).settings.MAIL_LANGUAGE).feed };
  }
  const user = await findHolder(token, "calendar");
  const { settings } = await ctx.loadConfig();
  const since = new Date(ctx.now().getTime() - lookBackMs);
  const isServed = user.isActive && user.goneFromSeerrAt === null;
  const episodes = isServed
    ? await listUpcomingOfUser(ctx.database.db, user.id, since, mostEpisodes)
    : [];
  const { words } = await readingOf(user);
  return { serverName: settings.MAIL_SERVER_NAME, episodes, words: words.feed };
}

/** Whether `If-None-Match` names the tag; proxies may have marked it as weak. */
function namesTag(header: string | null, etag: string): boolean {
  return (header ?? "").split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
