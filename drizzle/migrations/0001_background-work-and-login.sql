CREATE TABLE "alert_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alert_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"event" text NOT NULL,
	"news" jsonb NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"reply" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "admin_sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"admin_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"public_id" text DEFAULT gen_random_uuid()::text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"address" text,
	"user_agent" text,
	CONSTRAINT "admin_sessions_public_id_unique" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "admins" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"email_verified" timestamp with time zone,
	"image" text,
	"password_hash" text NOT NULL,
	"password_changed_at" timestamp with time zone NOT NULL,
	"check_waived_until" timestamp with time zone,
	"known_addresses" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_keys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"key_hash" text NOT NULL,
	"hint" text NOT NULL,
	"scope" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"last_used_from" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_key_hash_unique" UNIQUE("key_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"address" text,
	"action" text NOT NULL,
	"subject" text,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"free_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backup_files" (
	"file_name" text PRIMARY KEY NOT NULL,
	"size_bytes" bigint NOT NULL,
	"modified_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"rows" bigint,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "restores" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "restores_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"file_name" text NOT NULL,
	"backup_at" timestamp with time zone,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"words" text NOT NULL,
	"swapped_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"held_mails" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "download_repairs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "download_repairs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"instance_key" text NOT NULL,
	"download_key" text NOT NULL,
	"title" text NOT NULL,
	"media_title" text,
	"group_key" text,
	"tvdb_id" integer,
	"tmdb_id" integer,
	"upstream_id" integer NOT NULL,
	"episodes" jsonb NOT NULL,
	"targets" text[] NOT NULL,
	"reason" text NOT NULL,
	"step" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"stepped_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "downloads" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "downloads_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"instance_key" text NOT NULL,
	"download_key" text NOT NULL,
	"title" text NOT NULL,
	"media_title" text,
	"group_key" text,
	"tvdb_id" integer,
	"tmdb_id" integer,
	"upstream_id" integer,
	"episodes" jsonb NOT NULL,
	"client" text,
	"indexer" text,
	"status" text,
	"tracked_state" text,
	"size" bigint,
	"size_left" bigint,
	"messages" text[] DEFAULT '{}' NOT NULL,
	"verdict" text NOT NULL,
	"verdict_words" text NOT NULL,
	"trouble_key" text DEFAULT '' NOT NULL,
	"trouble_at" timestamp with time zone,
	"strikes" integer DEFAULT 0 NOT NULL,
	"struck_at" timestamp with time zone,
	"plan_words" text,
	"refreshed_at" timestamp with time zone,
	"noted_key" text DEFAULT '' NOT NULL,
	"alerted_key" text DEFAULT '' NOT NULL,
	"alerted_at" timestamp with time zone,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_progress_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "downloads_key" UNIQUE("instance_key","download_key")
);
--> statement-breakpoint
CREATE TABLE "health_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "health_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"latency_ms" integer,
	"words" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_health" (
	"key" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"failures" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"latency_ms" integer,
	"words" text NOT NULL,
	"remedy" text,
	"told_at" timestamp with time zone,
	"is_told" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "issue_attempts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "issue_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"issue_id" integer NOT NULL,
	"number" integer NOT NULL,
	"cause" text NOT NULL,
	"actor" text NOT NULL,
	"state" text NOT NULL,
	"instance_key" text,
	"instance_name" text,
	"search_body" jsonb,
	"files_before" jsonb,
	"grabs" jsonb,
	"command_id" bigint,
	"outcome" text,
	"started_at" timestamp with time zone NOT NULL,
	"searched_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "issue_attempts_number" UNIQUE("issue_id","number")
);
--> statement-breakpoint
CREATE TABLE "issue_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "issue_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"issue_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"words" text NOT NULL,
	"reason" text,
	"source" text NOT NULL,
	"event_id" bigint,
	"notification_id" bigint,
	"dedupe_key" text,
	CONSTRAINT "issue_entries_dedupe_key_unique" UNIQUE("dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "issues" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "issues_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"seerr_issue_id" integer NOT NULL,
	"type" text NOT NULL,
	"media_type" text,
	"tmdb_id" integer,
	"tvdb_id" integer,
	"title" text NOT NULL,
	"year" integer,
	"poster_path" text,
	"is_4k" boolean DEFAULT false NOT NULL,
	"season" integer,
	"episode" integer,
	"message" text,
	"reporter_id" integer,
	"reporter_name" text,
	"request_id" integer,
	"status" text NOT NULL,
	"status_reason" text,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"reopen_count" integer DEFAULT 0 NOT NULL,
	"known_before" boolean DEFAULT false NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"announced_at" timestamp with time zone,
	"read_from_seerr_at" timestamp with time zone,
	"files_at_report" jsonb,
	"stepped_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" text,
	"resolved_files" jsonb,
	"closing" text,
	"own_comments" text[] DEFAULT '{}' NOT NULL,
	"last_news_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issues_seerr_issue_id_unique" UNIQUE("seerr_issue_id")
);
--> statement-breakpoint
CREATE TABLE "maintenance_windows" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "maintenance_windows_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"zone" text NOT NULL,
	"status" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"announced_at" timestamp with time zone NOT NULL,
	"reminded_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quality_reviews" (
	"request_id" integer PRIMARY KEY NOT NULL,
	"verdict" text NOT NULL,
	"because" text,
	"release_at" timestamp with time zone,
	"release" text,
	"waiting_count" integer DEFAULT 0 NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_old_news" boolean DEFAULT false NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"reviewed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "own_outages" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "own_outages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"began_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"swept_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "run_findings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "run_findings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"request_id" integer,
	"user_id" integer,
	"title" text,
	"words" text NOT NULL,
	"reason" text,
	"media_keys" text[] DEFAULT '{}' NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_reports" (
	"run_id" bigint PRIMARY KEY NOT NULL,
	"compared" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "series_reads" (
	"instance_key" text NOT NULL,
	"series_id" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "series_reads_instance_key_series_id_pk" PRIMARY KEY("instance_key","series_id")
);
--> statement-breakpoint
CREATE TABLE "swallowed_items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "swallowed_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"media_key" text NOT NULL,
	"request_id" integer NOT NULL,
	"title" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "weekly_summaries" (
	"week" text PRIMARY KEY NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"notification_id" bigint,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "paused_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "paused_because" text;--> statement-breakpoint
ALTER TABLE "inbound_events" ADD COLUMN "body_removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "media_items" ADD COLUMN "plex_waited_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "request_watchers" ADD COLUMN "added_by" text;--> statement-breakpoint
ALTER TABLE "request_watchers" ADD COLUMN "told_existing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "frequency" text DEFAULT 'every_episode' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "digest_hour" integer DEFAULT 18 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "quiet_from" integer;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "quiet_until" integer;--> statement-breakpoint
ALTER TABLE "admin_sessions" ADD CONSTRAINT "admin_sessions_admin_id_admins_id_fk" FOREIGN KEY ("admin_id") REFERENCES "public"."admins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_attempts" ADD CONSTRAINT "issue_attempts_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_entries" ADD CONSTRAINT "issue_entries_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_reporter_id_users_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quality_reviews" ADD CONSTRAINT "quality_reviews_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_findings" ADD CONSTRAINT "run_findings_run_id_job_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."job_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_findings" ADD CONSTRAINT "run_findings_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_findings" ADD CONSTRAINT "run_findings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_reports" ADD CONSTRAINT "run_reports_run_id_job_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."job_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swallowed_items" ADD CONSTRAINT "swallowed_items_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swallowed_items" ADD CONSTRAINT "swallowed_items_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_deliveries_channel_idx" ON "alert_deliveries" USING btree ("channel","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "alert_deliveries_waiting_idx" ON "alert_deliveries" USING btree ("due_at") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "admin_sessions_admin_idx" ON "admin_sessions" USING btree ("admin_id");--> statement-breakpoint
CREATE UNIQUE INDEX "admins_name_unique" ON "admins" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "audit_entries_at_idx" ON "audit_entries" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "rate_limits_free_idx" ON "rate_limits" USING btree ("free_at");--> statement-breakpoint
CREATE UNIQUE INDEX "download_repairs_open_idx" ON "download_repairs" USING btree ("instance_key","download_key") WHERE "download_repairs"."step" <> 'done';--> statement-breakpoint
CREATE INDEX "download_repairs_started_idx" ON "download_repairs" USING btree ("instance_key","started_at");--> statement-breakpoint
CREATE INDEX "download_repairs_untold_idx" ON "download_repairs" USING btree ("id") WHERE "download_repairs"."told_at" is null;--> statement-breakpoint
CREATE INDEX "download_repairs_group_idx" ON "download_repairs" USING btree ("group_key");--> statement-breakpoint
CREATE INDEX "downloads_group_idx" ON "downloads" USING btree ("group_key") WHERE "downloads"."gone_at" is null;--> statement-breakpoint
CREATE INDEX "downloads_live_idx" ON "downloads" USING btree ("instance_key","id") WHERE "downloads"."gone_at" is null;--> statement-breakpoint
CREATE INDEX "downloads_gone_idx" ON "downloads" USING btree ("gone_at") WHERE "downloads"."gone_at" is not null;--> statement-breakpoint
CREATE INDEX "health_events_key_idx" ON "health_events" USING btree ("key","at");--> statement-breakpoint
CREATE INDEX "health_events_at_idx" ON "health_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "issue_entries_issue_idx" ON "issue_entries" USING btree ("issue_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "issues_news_idx" ON "issues" USING btree ("last_news_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "issues_status_idx" ON "issues" USING btree ("status","last_news_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "issues_tmdb_idx" ON "issues" USING btree ("tmdb_id","media_type");--> statement-breakpoint
CREATE INDEX "issues_tvdb_idx" ON "issues" USING btree ("tvdb_id");--> statement-breakpoint
CREATE INDEX "issues_request_idx" ON "issues" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "issues_reporter_idx" ON "issues" USING btree ("reporter_id");--> statement-breakpoint
CREATE INDEX "issues_closing_idx" ON "issues" USING btree ("id") WHERE closing = 'pending';--> statement-breakpoint
CREATE INDEX "issues_title_search_idx" ON "issues" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "maintenance_windows_live_idx" ON "maintenance_windows" USING btree ("starts_at") WHERE status in ('scheduled', 'active');--> statement-breakpoint
CREATE INDEX "maintenance_windows_starts_idx" ON "maintenance_windows" USING btree ("starts_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "quality_reviews_verdict_idx" ON "quality_reviews" USING btree ("verdict","release_at");--> statement-breakpoint
CREATE INDEX "own_outages_open_idx" ON "own_outages" USING btree ("id") WHERE swept_at is null;--> statement-breakpoint
CREATE INDEX "run_findings_run_idx" ON "run_findings" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "swallowed_items_open_idx" ON "swallowed_items" USING btree ("id") WHERE released_at is null;--> statement-breakpoint
CREATE INDEX "swallowed_items_request_idx" ON "swallowed_items" USING btree ("request_id");