CREATE TABLE "calendar_entries" (
	"instance_key" text NOT NULL,
	"media_key" text NOT NULL,
	"release" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_4k" boolean NOT NULL,
	"tmdb_id" integer,
	"tvdb_id" integer,
	"title" text NOT NULL,
	"year" integer,
	"season" integer,
	"episode" integer,
	"episode_title" text,
	"runtime_minutes" integer,
	"is_monitored" boolean NOT NULL,
	"has_file" boolean NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_entries_instance_key_media_key_release_pk" PRIMARY KEY("instance_key","media_key","release")
);
--> statement-breakpoint
CREATE TABLE "calendar_reads" (
	"instance_key" text PRIMARY KEY NOT NULL,
	"read_at" timestamp with time zone,
	"trouble" text,
	"tried_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "area" text;--> statement-breakpoint
CREATE INDEX "calendar_entries_at_idx" ON "calendar_entries" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_entries_actor_idx" ON "audit_entries" USING btree ("actor","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_area_idx" ON "audit_entries" USING btree ("area","id" DESC NULLS LAST);