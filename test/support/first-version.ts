import type { MediaStack } from "./upstreams/media-stack";
import type { SeerrRequest, SeerrUser } from "./upstreams/seerr-model";
import type { MovieTitle, ShowTitle } from "./upstreams/world";

/** A household that used the first version for a while, as the services know it. */
export type EarlyHousehold = {
  anna: SeerrUser;
  ben: SeerrUser;
  movie: MovieTitle;
  show: ShowTitle;
  movieRequest: SeerrRequest;
  showRequest: SeerrRequest;
};

/** The movie and three episodes are there and play. */
export async function fillServices(stack: MediaStack): Promise<EarlyHousehold> {
  const anna = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const ben = stack.seerr.addUser({ displayName: "Ben", email: "ben@example.net" });
  const movie = stack.world.addMovie({ title: "Kestrel Down" });
  const show = stack.world.addShow({ title: "Tidewater Road", seasons: { 1: 4 } });
  const before = { autoApprove: true, silent: true } as const;
  const movieRequest = await stack.seerr.request({ ...before, user: anna, title: movie });
  const showRequest = await stack.seerr.request({ ...before, user: anna, title: show });
  stack.plex.show(await stack.radarr.import(movie, { silent: true }));
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2, 3], { silent: true }));
  return { anna, ben, movie, show, movieRequest, showRequest };
}

const at = (time: string) => `2026-11-20T${time}:00+00:00`;
const bytes = (text: string) => `\\x${Buffer.from(text).toString("hex")}`;

/**
 * Rows of every table as the first version wrote them: Anna was told of the movie and the first episode, Ben watches
 * and knew the first one before; the second waits for Anna in a batch, the third was not known yet.
 */
export function firstVersionRows(home: EarlyHousehold): Record<string, Record<string, unknown>[]> {
  const { anna, ben, movie, show, movieRequest, showRequest } = home;
  const movieKey = `movie:tmdb:${movie.tmdbId}`;
  const showKey = `show:tvdb:${show.tvdbId}`;
  const episodeKey = (number: number) => `episode:tvdb:${show.tvdbId}:s01e0${number}`;
  const episode = (number: number) => ({
    media_key: episodeKey(number),
    group_key: showKey,
    kind: "episode",
    is_4k: false,
    tmdb_id: show.tmdbId,
    tvdb_id: show.tvdbId,
    title: show.title,
    season: 1,
    episode: number,
    instance_key: "sonarr",
    upstream_id: 1,
    file_id: number,
    imported_at: at("10:00"),
    plex_ask_count: 1,
    created_at: at("10:00"),
    updated_at: at("10:05"),
  });
  const asked = {
    user_id: 1,
    requester_name: "Anna",
    is_4k: false,
    status: "approved",
    origin: "webhook",
    requested_at: at("08:00"),
    read_from_seerr_at: at("08:01"),
    known_before: false,
    state_until: null,
    last_news_at: at("10:10"),
    created_at: at("08:00"),
    updated_at: at("10:10"),
  };
  const mail = {
    uid: "0b5d7c1e-8f5e-4f0b-8a55-1f1d8a6b0001",
    audience: "user",
    user_id: 1,
    to_address: "anna@example.net",
    kind: "movie_available",
    request_id: 1,
    group_key: movieKey,
    title: movie.title,
    subject: `${movie.title} is ready to watch`,
    facts: { kind: "movie" },
    status: "sent",
    due_at: at("10:00"),
    attempts: 1,
    sent_at: at("10:08"),
    smtp_reply: "250 2.0.0 Ok: queued",
    created_at: at("10:07"),
    updated_at: at("10:08"),
  };
  return {
    users: [
      { id: 1, seerr_user_id: anna.id, display_name: "Anna", email: "anna@example.net" },
      { id: 2, seerr_user_id: ben.id, display_name: "Ben", email: "ben@example.net" },
    ].map((user) => ({
      ...user,
      is_active: true,
      muted_kinds: ["coming_soon"],
      link_version: 3,
      created_at: at("07:00"),
      updated_at: at("07:00"),
    })),
    requests: [
      {
        ...asked,
        id: 1,
        seerr_request_id: movieRequest.id,
        media_type: "movie",
        tmdb_id: movie.tmdbId,
        title: movie.title,
        covers_all_seasons: false,
        state: "told",
        told_count: 1,
        item_count: 1,
      },
      {
        ...asked,
        id: 2,
        seerr_request_id: showRequest.id,
        media_type: "tv",
        tmdb_id: show.tmdbId,
        tvdb_id: show.tvdbId,
        title: show.title,
        covers_all_seasons: false,
        state: "partly_told",
        told_count: 1,
        item_count: 4,
      },
    ],
    request_seasons: [{ request_id: 2, season: 1 }],
    request_watchers: [
      { request_id: 1, user_id: 1, source: "asked", added_at: at("08:00") },
      { request_id: 2, user_id: 1, source: "asked", added_at: at("08:00") },
      { request_id: 2, user_id: 2, source: "admin", added_at: at("09:00"), muted_at: at("09:30") },
    ],
    instances: ["sonarr", "sonarr-anime", "radarr", "radarr-4k"].map((key) => ({
      key,
      kind: key.split("-")[0],
      name: key,
      is_4k: key.endsWith("-4k"),
      baseline_at: at("07:30"),
      created_at: at("07:00"),
    })),
    media_items: [
      {
        ...episode(1),
        media_key: movieKey,
        group_key: movieKey,
        kind: "movie",
        tmdb_id: movie.tmdbId,
        tvdb_id: null,
        title: movie.title,
        season: null,
        episode: null,
        instance_key: "radarr",
        playable_at: at("10:06"),
        plex_rating_key: "501",
      },
      { ...episode(1), playable_at: at("10:06"), plex_rating_key: "601" },
      episode(2),
    ],
    batches: [
      {
        id: 5,
        user_id: 1,
        group_key: showKey,
        title: show.title,
        status: "open",
        opened_at: at("10:20"),
        due_at: at("10:27"),
        closes_at: at("10:40"),
        next_look_at: at("10:27"),
      },
    ],
    batch_items: [
      {
        batch_id: 5,
        user_id: 1,
        media_key: episodeKey(2),
        request_id: 2,
        added_at: at("10:20"),
        state: "waiting",
      },
    ],
    notifications: [
      { ...mail, id: 11 },
      {
        ...mail,
        id: 12,
        uid: "0b5d7c1e-8f5e-4f0b-8a55-1f1d8a6b0002",
        kind: "episodes_available",
        request_id: 2,
        batch_id: 4,
        group_key: showKey,
        title: show.title,
        subject: `${show.title}: 1 new episode`,
      },
    ],
    notification_items: [
      { notification_id: 11, media_key: movieKey, request_id: 1 },
      { notification_id: 12, media_key: episodeKey(1), request_id: 2 },
    ],
    notification_bodies: [
      {
        notification_id: 12,
        subject: `${show.title}: 1 new episode`,
        html: "<p>Episode 1</p>",
        text: "Episode 1",
        headers: { "Message-ID": "<0b5d7c1e@bingealert>" },
        rendered_at: at("10:08"),
      },
    ],
    delivery_attempts: [
      {
        id: 21,
        notification_id: 11,
        attempt: 1,
        started_at: at("10:07"),
        handed_over_at: at("10:08"),
        finished_at: at("10:08"),
        outcome: "accepted",
        reply: "250 2.0.0 Ok: queued",
      },
    ],
    delivery_ledger: [
      { user_id: 1, media_key: movieKey, how: "told", notification_id: 11 },
      { user_id: 1, media_key: episodeKey(1), how: "told", notification_id: 12 },
      { user_id: 2, media_key: episodeKey(1), how: "known_before" },
      { user_id: 2, media_key: episodeKey(2), how: "not_wanted" },
    ].map((told) => ({ ...told, kind: "available", at: at("10:08") })),
    timeline_entries: [
      {
        id: 31,
        request_id: 2,
        user_id: 1,
        media_key: episodeKey(1),
        at: at("10:08"),
        kind: "told",
        code: "mail_sent",
        words: "Anna was told about S01E01",
        source: "BingeAlert",
        event_id: 41,
        notification_id: 12,
        batch_id: 4,
        dedupe_key: "told:12",
        detail: { subject: show.title },
      },
    ],
    inbound_events: [
      {
        id: 41,
        received_at: at("10:00"),
        source: "sonarr",
        path_instance: "sonarr",
        instance_key: "sonarr",
        remote_address: "172.18.0.4",
        headers: { "content-type": "application/json" },
        body: bytes('{"eventType":"Download"}'),
        event_type: "Download",
        title: show.title,
        outcome: "handled",
        effects: [{ words: "1 episode arrived", detail: null }],
        processed_at: at("10:01"),
      },
    ],
    milestones: [{ name: "first_sync", at: at("07:30") }],
    settings: [{ name: "PLEX_DEADLINE_HOURS", value: "12", updated_at: at("07:40") }],
    job_runs: [
      {
        id: 51,
        name: "reconcile",
        trigger: "schedule",
        started_at: at("09:00"),
        finished_at: at("09:01"),
        outcome: "ok",
        done: 2,
        total: 2,
        words: "Nothing was missing",
        worker_id: "worker-1",
      },
    ],
    worker_heartbeats: [
      {
        worker_id: "worker-1",
        lock_key: 4711,
        graphile_worker_ids: ["worker-abc"],
        started_at: at("07:00"),
        beat_at: at("10:21"),
        version: "0.1.0",
      },
    ],
    plex_asks: [{ group_key: showKey, asked_at: at("10:06") }],
    plex_items: [
      {
        machine_id: "elsewhere",
        rating_key: "600",
        section_key: "2",
        type: "show",
        title: show.title,
        has_media: true,
        walk: 7,
        seen_at: at("10:00"),
      },
    ],
    plex_guids: [{ machine_id: "elsewhere", guid: `tvdb://${show.tvdbId}`, rating_key: "600" }],
    plex_sections: [
      { machine_id: "elsewhere", key: "2", type: "show", title: "Shows", walked_at: at("10:00") },
    ],
  };
}
