import { boolean, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { requests } from "./requests";

/** What the release and quality monitor last found about a request: one row, the newest verdict. */
export const qualityReviews = pgTable(
  "quality_reviews",
  {
    requestId: integer("request_id")
      .primaryKey()
      .references(() => requests.id, { onDelete: "cascade" }),
    verdict: text("verdict", {
      enum: [
        "there",
        "downloading",
        "recent",
        "coming_soon",
        "unreleased",
        "quality_waiting",
        "unmonitored",
        "not_in_instance",
      ],
    }).notNull(),
    /** Why quality is waited for: nothing found, or the file is below the cutoff. */
    because: text("because", { enum: ["missing", "cutoff"] }),
    /** The release date of "coming soon". */
    releaseAt: moment("release_at"),
    /** What happens on that date: digital, physical, cinema, air. */
    release: text("release", { enum: ["digital", "physical", "cinema", "air"] }),
    /** How many episodes are waited for; 0 for movies. */
    waitingCount: integer("waiting_count").notNull().default(0),
    /** What the mails say beyond the columns: the episodes, the quality. */
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    /** It was so when BingeAlert first looked at a request older than itself: nobody is mailed about it. */
    isOldNews: boolean("is_old_news").notNull().default(false),
    /** Since when the verdict says this. */
    since: moment("since").notNull(),
    reviewedAt: moment("reviewed_at").notNull(),
  },
  (t) => [index("quality_reviews_verdict_idx").on(t.verdict, t.releaseAt)],
);
