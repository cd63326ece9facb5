import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseRadarrWebhook } from "@/lib/clients/radarr-webhook";
import { parseSeerrWebhook } from "@/lib/clients/seerr-webhook";
import { parseSonarrWebhook } from "@/lib/clients/sonarr-webhook";
import { describeEvent } from "@/lib/domain/inbound";

function fixture(source: "seerr" | "sonarr" | "radarr", name: string): unknown {
  const url = new URL(`../../fixtures/${source}/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"));
}
const seerr = (name: string) => parseSeerrWebhook(fixture("seerr", name));
const sonarr = (name: string) => parseSonarrWebhook(fixture("sonarr", name));
const radarr = (name: string) => parseRadarrWebhook(fixture("radarr", name));

describe("Seerr", () => {
  it("a request with everything", () => {
    expect(seerr("seerr-available-tv-multi-season")).toEqual({
      kind: "request",
      change: "available",
      request: {
        seerrRequestId: expect.any(Number),
        mediaType: "tv",
        tmdbId: 63639,
        tvdbId: 280619,
        title: "The Expanse",
        year: 2015,
        overview: expect.any(String),
        posterUrl: expect.stringMatching(/^https:\/\/image\.tmdb\.org\//),
        seasons: expect.arrayContaining([1, 2]),
        is4k: false,
        requestedBy: { username: "Anna", email: "anna@example.com" },
        mediaStatus: expect.any(String),
        mediaStatus4k: "unknown",
      },
    });
  });

  it.each([
    ["the word in the event text", "seerr-available-movie-second-requester", true],
    ["only the 4K status is known", "seerr-available-movie-4k-only", true],
    ["nothing speaks of 4K", "seerr-approved-movie", false],
    ["no statuses in the template", "seerr-custom-flat-template", null],
  ])("4K: %s", (_name, file, is4k) => {
    expect(seerr(file)).toMatchObject({ kind: "request", request: { is4k } });
  });

  it("a poster that is none, a subject without a year", () => {
    expect(seerr("seerr-available-no-year-null-poster")).toMatchObject({
      request: { posterUrl: null, year: null, overview: null, title: expect.any(String) },
    });
  });

  it("a user name in place of an address is no address", () => {
    expect(seerr("seerr-available-username-as-email")).toMatchObject({
      request: { requestedBy: { email: null } },
    });
  });

  it("letters of the world stay as they are", () => {
    expect(seerr("seerr-available-unicode-title")).toMatchObject({
      request: { requestedBy: { email: expect.stringContaining("@") } },
    });
  });

  it("placeholders that nobody filled are missing", () => {
    const filled = seerr("seerr-available-unresolved-placeholders");
    expect(filled).toMatchObject({ request: { tmdbId: 949, seerrRequestId: 212 } });
    expect(
      parseSeerrWebhook({
        notification_type: "MEDIA_APPROVED",
        media: { tmdbId: "{{media_tmdbid}}", media_type: "{{media_type}}" },
        request: { request_id: "12", requestedBy_email: "{{requestedBy_email}}" },
      }),
    ).toMatchObject({
      kind: "request",
      request: { seerrRequestId: 12, tmdbId: null, mediaType: null, requestedBy: { email: null } },
    });
  });

  it("templates without a request object", () => {
    expect(seerr("overseerr-v122-available")).toMatchObject({
      request: {
        seerrRequestId: null,
        tmdbId: 949,
        requestedBy: { username: "Anna", email: "anna@example.com" },
      },
    });
    expect(seerr("seerr-custom-flat-template")).toMatchObject({
      request: { mediaType: "movie", tmdbId: 575264, tvdbId: null, title: "Example Movie" },
    });
  });

  it("snake_case, keys in braces and numbers as numbers", () => {
    expect(
      parseSeerrWebhook({
        notification_type: "media_auto_approved",
        "{{media}}": { media_type: "TV", tmdb_id: 155440, tvdb_id: 414562.0 },
        "{{request}}": { request_id: 66, requested_by_username: "adept" },
        "{{extra}}": [{ name: "Requested Seasons", value: "2, 1" }],
      }),
    ).toMatchObject({
      change: "auto_approved",
      request: {
        seerrRequestId: 66,
        mediaType: "tv",
        tmdbId: 155440,
        tvdbId: 414562,
        seasons: [1, 2],
        requestedBy: { username: "adept" },
      },
    });
  });

  it("the event text stands in for a missing type", () => {
    const type = (event: string) => {
      const parsed = parseSeerrWebhook({ event, tmdbId: "603", issue_id: "7" });
      return "change" in parsed ? parsed.change : parsed.kind;
    };
    expect(type("New 4K Movie Request")).toBe("pending");
    expect(type("Series Request Approved")).toBe("approved");
    expect(type("Movie Request Automatically Approved")).toBe("auto_approved");
    expect(type("4K Series Request Now Available")).toBe("available");
    expect(type("New Issue Reported")).toBe("created");
    expect(type("New Comment on Video Issue")).toBe("commented");
    expect(type("Something else")).toBe("ignored");
  });

  it("issues", () => {
    expect(seerr("seerr-issue-created-tv-whole-season")).toEqual({
      kind: "issue",
      change: "created",
      issue: {
        seerrIssueId: 77,
        type: "audio",
        mediaType: "tv",
        tmdbId: 63639,
        tvdbId: 280619,
        title: "The Expanse",
        year: 2015,
        season: 2,
        episode: null,
        message: "Wrong language on all of season 2",
        comment: null,
        reportedBy: { username: "Anna", email: "anna@example.com" },
      },
    });
    expect(seerr("seerr-issue-comment")).toMatchObject({
      change: "commented",
      issue: {
        seerrIssueId: 79,
        season: null,
        comment: {
          text: "Still broken: $& costs $$5 {{requestedBy_email}}",
          by: { username: "Anna", email: "anna@example.com" },
        },
      },
    });
    expect(seerr("seerr-issue-resolved")).toMatchObject({ kind: "issue", change: "resolved" });
  });

  it("tests and what says nothing", () => {
    expect(seerr("seerr-custom-literal-objects-on-test")).toEqual({ kind: "test" });
    expect(parseSeerrWebhook({ notification_type: "MEDIA_PENDING", media: {} })).toEqual({
      kind: "ignored",
      because: "Seerr sent MEDIA_PENDING without a request or a title",
    });
    expect(parseSeerrWebhook({ notification_type: "MEDIA_WHATEVER" })).toEqual({
      kind: "ignored",
      because: "Seerr sent a notification type this version does not know: MEDIA_WHATEVER",
    });
  });
});

describe("Sonarr", () => {
  it("one file", () => {
    expect(sonarr("sonarr-v4-download-single")).toEqual({
      kind: "imported",
      item: {
        type: "show",
        seriesId: 12,
        tvdbId: 280619,
        tmdbId: 63639,
        title: "The Expanse",
        year: 2015,
        episodes: [
          {
            season: 1,
            episode: 1,
            title: "Dulcinea",
            airDateUtc: new Date("2015-12-14T03:00:00Z"),
          },
        ],
        instanceName: "Sonarr",
        applicationUrl: null,
      },
      trigger: "file",
      isUpgrade: false,
      files: [
        {
          fileId: 501,
          path: "/tv/The Expanse/Season 01/The Expanse - S01E01 - Dulcinea WEBDL-1080p.mkv",
          quality: "WEBDL-1080p",
          size: 3_000_000_000,
        },
      ],
      downloadId: expect.any(String),
    });
  });

  it.each([
    ["sonarr-v4-download-single", "file", false, "Import", "The Expanse S01 E01"],
    ["sonarr-v4-download-multi-episode-file", "file", false, "Import", "The Expanse S01 E01–E02"],
    ["sonarr-v4-download-special-s00", "file", false, "Import", "The Expanse S00 E03"],
    ["sonarr-v4-download-upgrade-4k-recyclebin", "file", true, "Upgrade", "The Expanse S01 E01"],
    [
      "sonarr-v4-importcomplete-pack-3",
      "complete",
      null,
      "Import complete",
      "The Expanse S01 E01–E03",
    ],
    [
      "sonarr-v4-importcomplete-manual-no-downloadid",
      "complete",
      null,
      "Import complete",
      "The Expanse S01 E04",
    ],
  ])("%s", (file, trigger, isUpgrade, type, title) => {
    const event = sonarr(file);
    expect(event).toMatchObject({ kind: "imported", trigger, isUpgrade });
    expect(describeEvent(event)).toEqual({ type, title });
  });

  it("the other events", () => {
    const grab = sonarr("sonarr-v4-grab-season-pack");
    expect(grab).toMatchObject({ kind: "grabbed", release: { title: expect.any(String) } });
    expect(describeEvent(grab)).toEqual({ type: "Grab", title: "The Expanse S01 E01–E10" });
    expect(sonarr("sonarr-v4-episodefile-delete-upgrade")).toMatchObject({
      kind: "file_deleted",
      reason: "upgrade",
      file: { fileId: 501 },
    });
    expect(sonarr("sonarr-v4-health-restored")).toMatchObject({ kind: "health", restored: true });
    expect(sonarr("sonarr-v4-manual-interaction-tba")).toMatchObject({
      kind: "manual_interaction",
      messages: [
        "One or more episodes expected in this release were not imported or missing from the release",
        "Episode has a TBA title and recently aired",
      ],
    });
    expect(sonarr("sonarr-v4-series-add").kind).toBe("title_added");
    expect(sonarr("sonarr-v4-test")).toEqual({ kind: "test" });
    expect(sonarr("sonarr-v4-unknown-event")).toEqual({
      kind: "ignored",
      because: "Sonarr sent an event type this version does not know: SomethingNew",
    });
  });

  it("odd values are missing values", () => {
    const event = parseSonarrWebhook({
      EventType: "download",
      Series: {
        Id: "7",
        Title: "Bad\0\ud800",
        TvdbId: 2 ** 31,
        tmdbId: 0,
        Year: "0",
        Path: "C:\\tv",
      },
      Episodes: [
        { SeasonNumber: "3", EpisodeNumber: 9, AirDateUtc: "no date" },
        { seasonNumber: -1, episodeNumber: 2 },
        { seasonNumber: 1.5, episodeNumber: 2 },
        "what",
        null,
      ],
      EpisodeFile: { RelativePath: "S03\\e09.mkv", Size: "123", Quality: [] },
      IsUpgrade: "True",
    });
    expect(event).toEqual({
      kind: "imported",
      item: {
        type: "show",
        seriesId: 7,
        tvdbId: null,
        tmdbId: null,
        title: "Bad\uFFFD",
        year: null,
        episodes: [{ season: 3, episode: 9, title: null, airDateUtc: null }],
        instanceName: null,
        applicationUrl: null,
      },
      trigger: "file",
      isUpgrade: true,
      files: [{ fileId: null, path: "C:\\tv\\S03\\e09.mkv", quality: null, size: 123 }],
      downloadId: null,
    });
  });

  it("an event of Radarr at its address is named as such", () => {
    expect(parseSonarrWebhook(fixture("radarr", "radarr-v6-download"))).toEqual({
      kind: "ignored",
      because: "This is an event of Radarr at the address for Sonarr",
    });
  });
});

describe("Radarr", () => {
  it("an import", () => {
    expect(radarr("radarr-v6-download")).toEqual({
      kind: "imported",
      item: {
        type: "movie",
        movieId: 42,
        tmdbId: 335984,
        imdbId: "tt1856101",
        title: "Blade Runner 2049",
        year: 2017,
        instanceName: "Radarr",
        applicationUrl: null,
      },
      trigger: "file",
      isUpgrade: false,
      files: [
        {
          fileId: 118,
          path: "/movies/Blade Runner 2049 (2017)/Blade Runner 2049 (2017) WEBDL-1080p.mkv",
          quality: "WEBDL-1080p",
          size: 9_000_000_000,
        },
      ],
      downloadId: "SABnzbd_nzo_abc123",
    });
  });

  it("the other events", () => {
    expect(radarr("radarr-v6-download-no-release-date")).toMatchObject({
      item: { tmdbId: 1234567, year: null, imdbId: null },
      downloadId: null,
    });
    expect(describeEvent(radarr("radarr-v6-download-upgrade-4k-recyclebin"))).toEqual({
      type: "Upgrade",
      title: "Blade Runner 2049",
    });
    expect(radarr("radarr-v6-manual-interaction-unknown-movie")).toMatchObject({
      kind: "manual_interaction",
      item: null,
      downloadTitle: "some.unparseable.release",
    });
    expect(radarr("radarr-v6-movie-delete")).toMatchObject({
      kind: "title_deleted",
      filesDeleted: true,
    });
    expect(radarr("radarr-v6-moviefile-delete-upgrade")).toMatchObject({
      kind: "file_deleted",
      reason: "upgrade",
    });
  });
});

describe("titles in the inbox", () => {
  it("folds runs and names several seasons", () => {
    const show = (pairs: [number, number][]) =>
      describeEvent(
        parseSonarrWebhook({
          eventType: "Grab",
          series: { title: "Tidewater Road" },
          episodes: pairs.map(([seasonNumber, episodeNumber]) => ({ seasonNumber, episodeNumber })),
        }),
      ).title;
    expect(show([[3, 5]])).toBe("Tidewater Road S03 E05");
    expect(
      show([
        [3, 1],
        [3, 2],
        [3, 3],
        [3, 7],
      ]),
    ).toBe("Tidewater Road S03 E01–E03, E07");
    expect(
      show([
        [1, 1],
        [2, 1],
      ]),
    ).toBe("Tidewater Road S01, S02");
    expect(show([])).toBe("Tidewater Road");
  });
});
