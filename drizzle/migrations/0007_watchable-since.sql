ALTER TABLE "requests" ADD COLUMN "watchable_at" timestamp with time zone;--> statement-breakpoint
UPDATE "requests" r SET "watchable_at" = told."at" FROM (
	SELECT i."request_id", min(n."created_at") AS "at" FROM "notification_items" i
	JOIN "notifications" n ON n."id" = i."notification_id"
	WHERE n."kind" IN ('episodes_available', 'movie_available') AND i."request_id" IS NOT NULL GROUP BY 1
) told WHERE told."request_id" = r."id" AND NOT r."known_before";--> statement-breakpoint
CREATE INDEX "requests_watchable_idx" ON "requests" USING btree ("watchable_at") WHERE watchable_at is not null;
