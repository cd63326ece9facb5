import { expect, test } from "vitest";
import {
  decideAvailability,
  type PlexEntry,
  showsFile,
  titleGuids,
  type WantedItem,
} from "@/lib/domain/availability";

const episode: WantedItem = {
  kind: "episode",
  isFourK: false,
  tmdbId: 1399,
  imdbId: null,
  season: 3,
  episode: 9,
  episodeTvdbId: 4517466,
  filePath: "/tv/Tidewater Road/Season 03/Tidewater Road - S03E09.mkv",
  quality: "WEBDL-1080p",
};
const shown: PlexEntry = {
  ratingKey: "5010",
  guids: ["tvdb://4517466"],
  season: 3,
  episode: 9,
  media: [{ resolution: "1080", files: ["/data/tv/Show/Season 03/other.mkv"] }],
};
const movie: WantedItem = {
  ...episode,
  kind: "movie",
  tmdbId: 603,
  season: null,
  episode: null,
  episodeTvdbId: null,
  filePath: "/movies/Kestrel Down (2025)/Kestrel Down (2025).mkv",
};
const film: PlexEntry = { ...shown, guids: ["tmdb://603"], season: null, episode: null };
const media = (resolution: string | null, file: string) => [{ resolution, files: [file] }];
const says = (wanted: WantedItem, entry: Partial<PlexEntry>, fourKApart = true) => {
  const base = wanted.kind === "movie" ? film : shown;
  const answer = decideAvailability(wanted, [{ ...base, ...entry }], fourKApart);
  return answer.kind === "plays" ? answer.ratingKey : answer.because;
};

test("an episode plays when Plex has it under its own id, with a file", () => {
  expect(says(episode, {})).toBe("5010");
});

test("the id tells, the number misleads", () => {
  expect(says(episode, { season: 1, episode: 33 })).toBe("5010");
  expect(says(episode, { guids: ["tvdb://1"] })).toBe("absent");
});

test("the number counts where Plex or Sonarr knows no id of the episode", () => {
  expect(says(episode, { guids: [] })).toBe("5010");
  expect(says(episode, { guids: ["imdb://tt1"] })).toBe("5010");
  expect(says({ ...episode, episodeTvdbId: null }, { guids: ["tvdb://1"] })).toBe("5010");
  expect(says(episode, { guids: [], season: 2 })).toBe("absent");
  expect(says(episode, { guids: [], episode: 8 })).toBe("absent");
  expect(says(episode, { guids: [], season: null, episode: null })).toBe("absent");
});

test("the very file is recognised whatever it is called in Plex, from Windows, too", () => {
  const file = "D:\\Media\\Season 03\\Tidewater Road - S03E09.mkv";
  expect(says(episode, { guids: ["tvdb://1"], season: 1, media: media("1080", file) })).toBe(
    "5010",
  );
});

test("a file of the same name in another season is another file", () => {
  const plain = { ...episode, filePath: "/tv/Tidewater Road/Season 03/01.mkv" };
  const season2 = { guids: ["tvdb://1"], season: 2, episode: 1 };
  expect(
    says(plain, { ...season2, media: media("1080", "/data/tv/Tidewater Road/Season 02/01.mkv") }),
  ).toBe("absent");
  expect(says(plain, { ...season2, media: media("1080", "01.mkv") })).toBe("absent");
});

test("an item without a media part does not play", () => {
  expect(says(episode, { media: [] })).toBe("noMedia");
  expect(says(episode, { media: [{ resolution: "1080", files: [] }] })).toBe("noMedia");
  expect(says(movie, { media: [] })).toBe("noMedia");
});

test("nothing found is absent", () => {
  expect(decideAvailability(episode, [], true)).toEqual({ kind: "notYet", because: "absent" });
});

test("a movie goes by its TMDB id where Plex has one", () => {
  const known = { ...movie, imdbId: "tt0133093" };
  expect(says(movie, {})).toBe("5010");
  expect(says(known, { guids: ["tmdb://604", "imdb://tt0133093"] })).toBe("absent");
  expect(says({ ...movie, tmdbId: null }, {})).toBe("absent");
});

test("a movie of the legacy agent goes by its IMDb id, the only one it has", () => {
  const guids = ["imdb://tt0133093"];
  expect(says({ ...movie, imdbId: "tt0133093" }, { guids })).toBe("5010");
  expect(says({ ...movie, imdbId: "tt0133094" }, { guids })).toBe("absent");
  expect(says(movie, { guids })).toBe("absent");
});

test("the ids of a title, as Plex writes them", () => {
  const ids = { tmdbId: 603, tvdbId: 7, imdbId: "TT0133093" };
  expect(titleGuids({ kind: "movie", ...ids })).toEqual(["tmdb://603", "imdb://tt0133093"]);
  expect(titleGuids({ kind: "episode", ...ids })).toContain("tvdb://7");
  expect(titleGuids({ kind: "episode", tmdbId: null, tvdbId: null, imdbId: null })).toEqual([]);
});

test("with a 4K instance a 4K version alone does not make the HD request playable", () => {
  const fourK = media("4K", "/data/movies-4k/Kestrel Down.mkv");
  expect(says(movie, { media: fourK })).toBe("otherClass");
  expect(says(movie, { media: fourK }, false)).toBe("5010");
  expect(says(movie, { media: [...fourK, ...media("1080", "/data/x.mkv")] })).toBe("5010");
  expect(says(movie, { media: media(null, "/data/x.mkv") })).toBe("5010");
});

test("a 4K request waits for a 4K version", () => {
  expect(says({ ...movie, isFourK: true }, {})).toBe("otherClass");
  expect(says({ ...movie, isFourK: true }, { media: media("4k", "/data/x.mkv") })).toBe("5010");
});

test("a 4K file is the HD instance's only if that fetched 2160p: both may name their files alike", () => {
  const own = media("4k", "/data/movies/Kestrel Down (2025)/Kestrel Down (2025).mkv");
  expect(says({ ...movie, quality: "Bluray-2160p" }, { media: own })).toBe("5010");
  expect(says({ ...movie, quality: "Bluray-1080p" }, { media: own })).toBe("otherClass");
});

test("of two entries for one title the one that fits is opened", () => {
  const answer = decideAvailability(
    movie,
    [
      { ...film, ratingKey: "1", media: media("4k", "/data/x.mkv") },
      { ...film, ratingKey: "2" },
    ],
    true,
  );
  expect(answer).toEqual({ kind: "plays", ratingKey: "2" });
});

test("a replacement is recognised by its own file, whatever its folder is called; a file without a name counts", () => {
  const after = "/movies/Kestrel Down (2025)/Kestrel Down (2025) Proper.mkv";
  const entry = (...files: string[]) => ({ ...film, media: [{ resolution: "1080", files }] });
  expect(showsFile([entry("/data/x/Kestrel Down (2025).mkv")], after)).toBe(false);
  expect(showsFile([entry("D:\\films\\Kestrel Down (2025) Proper.mkv")], after)).toBe(true);
  const both = [entry("/data/old.mkv"), entry("/a.mkv", "/b/Kestrel Down (2025) Proper.mkv")];
  expect(showsFile(both, after)).toBe(true);
  expect(showsFile([entry("")], after)).toBe(true);
  expect(showsFile([], after)).toBe(false);
});
