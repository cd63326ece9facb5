-- Search in titles and names by any part of them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "batch_items" (
	"batch_id" bigint NOT NULL,
	"user_id" integer NOT NULL,
	"media_key" text NOT NULL,
	"request_id" integer NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "batch_items_batch_id_media_key_pk" PRIMARY KEY("batch_id","media_key")
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "batches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"group_key" text NOT NULL,
	"title" text NOT NULL,
	"status" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"next_look_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"held_reason" text
);
--> statement-breakpoint
CREATE TABLE "inbound_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbound_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source" text NOT NULL,
	"path_instance" text,
	"instance_key" text,
	"remote_address" text,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"body" "bytea" NOT NULL,
	"event_type" text,
	"title" text,
	"outcome" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"effects" jsonb,
	"processed_at" timestamp with time zone,
	"replay_of" bigint
);
--> statement-breakpoint
CREATE TABLE "instances" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"is_4k" boolean DEFAULT false NOT NULL,
	"seen_instance_name" text,
	"seen_application_url" text,
	"last_event_at" timestamp with time zone,
	"baseline_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media_items" (
	"media_key" text PRIMARY KEY NOT NULL,
	"group_key" text NOT NULL,
	"kind" text NOT NULL,
	"is_4k" boolean DEFAULT false NOT NULL,
	"tmdb_id" integer,
	"tvdb_id" integer,
	"title" text NOT NULL,
	"year" integer,
	"season" integer,
	"episode" integer,
	"episode_title" text,
	"episode_tvdb_id" integer,
	"runtime_minutes" integer,
	"airs_at" timestamp with time zone,
	"instance_key" text,
	"upstream_id" integer,
	"file_id" integer,
	"file_path" text,
	"quality" text,
	"imported_at" timestamp with time zone,
	"playable_at" timestamp with time zone,
	"plex_rating_key" text,
	"plex_asked_at" timestamp with time zone,
	"plex_first_asked_at" timestamp with time zone,
	"plex_ask_count" integer DEFAULT 0 NOT NULL,
	"admin_told_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"notification_id" bigint NOT NULL,
	"attempt" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"handed_over_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"reply" text
);
--> statement-breakpoint
CREATE TABLE "delivery_ledger" (
	"user_id" integer NOT NULL,
	"kind" text NOT NULL,
	"media_key" text NOT NULL,
	"how" text NOT NULL,
	"notification_id" bigint,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "delivery_ledger_user_id_kind_media_key_pk" PRIMARY KEY("user_id","kind","media_key")
);
--> statement-breakpoint
CREATE TABLE "notification_bodies" (
	"notification_id" bigint PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"headers" jsonb NOT NULL,
	"rendered_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_items" (
	"notification_id" bigint NOT NULL,
	"media_key" text NOT NULL,
	"request_id" integer,
	CONSTRAINT "notification_items_notification_id_media_key_pk" PRIMARY KEY("notification_id","media_key")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uid" uuid DEFAULT gen_random_uuid() NOT NULL,
	"audience" text NOT NULL,
	"user_id" integer,
	"to_address" text,
	"kind" text NOT NULL,
	"request_id" integer,
	"batch_id" bigint,
	"group_key" text,
	"title" text NOT NULL,
	"subject" text NOT NULL,
	"poster_path" text,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"due_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claimed_by" text,
	"claimed_at" timestamp with time zone,
	"handed_over_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"smtp_reply" text,
	"resend_of" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "job_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"trigger" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"words" text,
	"error" text,
	"worker_id" text
);
--> statement-breakpoint
CREATE TABLE "milestones" (
	"name" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_heartbeats" (
	"worker_id" text PRIMARY KEY NOT NULL,
	"lock_key" bigint NOT NULL,
	"graphile_worker_ids" text[] DEFAULT '{}' NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"beat_at" timestamp with time zone NOT NULL,
	"version" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plex_asks" (
	"group_key" text PRIMARY KEY NOT NULL,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plex_guids" (
	"machine_id" text NOT NULL,
	"guid" text NOT NULL,
	"rating_key" text NOT NULL,
	CONSTRAINT "plex_guids_machine_id_guid_rating_key_pk" PRIMARY KEY("machine_id","guid","rating_key")
);
--> statement-breakpoint
CREATE TABLE "plex_items" (
	"machine_id" text NOT NULL,
	"rating_key" text NOT NULL,
	"section_key" text NOT NULL,
	"type" text NOT NULL,
	"title" text NOT NULL,
	"has_media" boolean NOT NULL,
	"walk" bigint NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plex_items_machine_id_rating_key_pk" PRIMARY KEY("machine_id","rating_key")
);
--> statement-breakpoint
CREATE TABLE "plex_sections" (
	"machine_id" text NOT NULL,
	"key" text NOT NULL,
	"type" text NOT NULL,
	"title" text NOT NULL,
	"walked_at" timestamp with time zone,
	"newest_change_at" timestamp with time zone,
	"refreshed_at" timestamp with time zone,
	CONSTRAINT "plex_sections_machine_id_key_pk" PRIMARY KEY("machine_id","key")
);
--> statement-breakpoint
CREATE TABLE "request_seasons" (
	"request_id" integer NOT NULL,
	"season" integer NOT NULL,
	CONSTRAINT "request_seasons_request_id_season_pk" PRIMARY KEY("request_id","season")
);
--> statement-breakpoint
CREATE TABLE "request_watchers" (
	"request_id" integer NOT NULL,
	"user_id" integer NOT NULL,
	"source" text NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"muted_at" timestamp with time zone,
	CONSTRAINT "request_watchers_request_id_user_id_pk" PRIMARY KEY("request_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"seerr_request_id" integer NOT NULL,
	"user_id" integer,
	"requester_name" text,
	"media_type" text NOT NULL,
	"tmdb_id" integer,
	"tvdb_id" integer,
	"title" text NOT NULL,
	"year" integer,
	"poster_path" text,
	"overview" text,
	"is_4k" boolean DEFAULT false NOT NULL,
	"covers_all_seasons" boolean DEFAULT false NOT NULL,
	"status" text NOT NULL,
	"origin" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"read_from_seerr_at" timestamp with time zone,
	"known_before" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'looking' NOT NULL,
	"state_until" timestamp with time zone,
	"told_count" integer DEFAULT 0 NOT NULL,
	"item_count" integer DEFAULT 0 NOT NULL,
	"last_news_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "requests_seerr_request_id_unique" UNIQUE("seerr_request_id")
);
--> statement-breakpoint
CREATE TABLE "timeline_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "timeline_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"request_id" integer NOT NULL,
	"user_id" integer,
	"media_key" text,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"words" text NOT NULL,
	"reason" text,
	"source" text NOT NULL,
	"event_id" bigint,
	"notification_id" bigint,
	"batch_id" bigint,
	"dedupe_key" text,
	"detail" jsonb,
	CONSTRAINT "timeline_entries_dedupe_key_unique" UNIQUE("dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"seerr_user_id" integer NOT NULL,
	"display_name" text NOT NULL,
	"email" text,
	"time_zone" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"deactivated_at" timestamp with time zone,
	"gone_from_seerr_at" timestamp with time zone,
	"unsubscribed_at" timestamp with time zone,
	"muted_kinds" text[] DEFAULT '{}' NOT NULL,
	"link_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_seerr_user_id_unique" UNIQUE("seerr_user_id")
);
--> statement-breakpoint
ALTER TABLE "batch_items" ADD CONSTRAINT "batch_items_batch_id_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_items" ADD CONSTRAINT "batch_items_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_items" ADD CONSTRAINT "batch_items_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_ledger" ADD CONSTRAINT "delivery_ledger_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_bodies" ADD CONSTRAINT "notification_bodies_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_items" ADD CONSTRAINT "notification_items_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_items" ADD CONSTRAINT "notification_items_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_seasons" ADD CONSTRAINT "request_seasons_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_watchers" ADD CONSTRAINT "request_watchers_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_watchers" ADD CONSTRAINT "request_watchers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "batch_items_one_wait_idx" ON "batch_items" USING btree ("user_id","media_key") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "batch_items_request_idx" ON "batch_items" USING btree ("request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "batches_one_open_idx" ON "batches" USING btree ("user_id","group_key") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "batches_live_idx" ON "batches" USING btree ("next_look_at") WHERE status in ('open', 'trailing');--> statement-breakpoint
CREATE INDEX "batches_group_idx" ON "batches" USING btree ("group_key","user_id");--> statement-breakpoint
CREATE INDEX "inbound_events_received_idx" ON "inbound_events" USING btree ("received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "inbound_events_source_idx" ON "inbound_events" USING btree ("source","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "inbound_events_outcome_idx" ON "inbound_events" USING btree ("outcome","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "inbound_events_title_search_idx" ON "inbound_events" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "inbound_events_pending_idx" ON "inbound_events" USING btree ("id") WHERE outcome = 'pending';--> statement-breakpoint
CREATE INDEX "media_items_group_idx" ON "media_items" USING btree ("group_key","season","episode");--> statement-breakpoint
CREATE INDEX "delivery_attempts_notification_idx" ON "delivery_attempts" USING btree ("notification_id","attempt");--> statement-breakpoint
CREATE INDEX "delivery_ledger_media_idx" ON "delivery_ledger" USING btree ("media_key");--> statement-breakpoint
CREATE INDEX "notification_items_media_idx" ON "notification_items" USING btree ("media_key");--> statement-breakpoint
CREATE INDEX "notification_items_request_idx" ON "notification_items" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "notifications_live_idx" ON "notifications" USING btree ("due_at") WHERE status in ('scheduled', 'sending', 'retrying');--> statement-breakpoint
CREATE INDEX "notifications_updated_idx" ON "notifications" USING btree ("updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "notifications_status_idx" ON "notifications" USING btree ("status","updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "notifications_user_idx" ON "notifications" USING btree ("user_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "notifications_request_idx" ON "notifications" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "notifications_resend_idx" ON "notifications" USING btree ("resend_of") WHERE resend_of is not null;--> statement-breakpoint
CREATE INDEX "notifications_subject_search_idx" ON "notifications" USING gin ("subject" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "notifications_sent_idx" ON "notifications" USING btree ("sent_at" DESC NULLS LAST) WHERE sent_at is not null;--> statement-breakpoint
CREATE INDEX "notifications_claimed_idx" ON "notifications" USING btree ("claimed_at" DESC NULLS LAST) WHERE claimed_at is not null;--> statement-breakpoint
CREATE INDEX "job_runs_name_idx" ON "job_runs" USING btree ("name","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "plex_items_section_idx" ON "plex_items" USING btree ("machine_id","section_key");--> statement-breakpoint
CREATE INDEX "request_watchers_user_idx" ON "request_watchers" USING btree ("user_id","request_id");--> statement-breakpoint
CREATE INDEX "requests_tmdb_idx" ON "requests" USING btree ("tmdb_id","media_type");--> statement-breakpoint
CREATE INDEX "requests_tvdb_idx" ON "requests" USING btree ("tvdb_id");--> statement-breakpoint
CREATE INDEX "requests_user_idx" ON "requests" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "requests_news_idx" ON "requests" USING btree ("last_news_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_state_idx" ON "requests" USING btree ("state","last_news_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_asked_idx" ON "requests" USING btree ("requested_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_title_search_idx" ON "requests" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "timeline_entries_request_idx" ON "timeline_entries" USING btree ("request_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "timeline_entries_user_idx" ON "timeline_entries" USING btree ("user_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "timeline_entries_event_idx" ON "timeline_entries" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "timeline_entries_notification_idx" ON "timeline_entries" USING btree ("notification_id");--> statement-breakpoint
CREATE INDEX "users_name_idx" ON "users" USING btree (lower("display_name"),"id");--> statement-breakpoint
CREATE INDEX "users_name_search_idx" ON "users" USING gin ("display_name" gin_trgm_ops);