import { describe, expect, test } from "vitest";
import { cureOf, readImportReasons } from "@/lib/domain/import-reasons";

/** Words as Sonarr, Radarr and download clients write them, with what is to be read from them. */
const catalogue: [message: string, key: string, cure: string][] = [
  ["Sample", "sample", "release"],
  [
    "No files found are eligible for import in /downloads/Tidewater.Road.S03E05",
    "no_files",
    "release",
  ],
  [
    "Episode 3x05 was unexpected considering the Tidewater.Road.S03E04 folder name",
    "wrong_episode",
    "release",
  ],
  [
    "Episodes 3x05, 3x06 were unexpected considering the Tidewater.Road.S03E04 folder name",
    "wrong_episode",
    "release",
  ],
  [
    "Episode 3x06 was not found in the grabbed release: Tidewater.Road.S03E05",
    "wrong_episode",
    "release",
  ],
  [
    "Movie Kestrel Down was not found in the grabbed release: Other.2020",
    "wrong_episode",
    "release",
  ],
  [
    "Not an upgrade for existing episode file(s). Existing quality: Bluray-1080p. New Quality WEBDL-720p.",
    "not_an_upgrade",
    "release",
  ],
  [
    "Not an upgrade for existing movie file. Existing quality: Bluray-1080p.",
    "not_an_upgrade",
    "release",
  ],
  ["Not a quality revision upgrade for existing episode file(s)", "not_an_upgrade", "release"],
  [
    "Not a Custom Format upgrade for existing episode file(s). New: [] (0) do not improve on Existing: [HDR] (5)",
    "not_an_upgrade",
    "release",
  ],
  [
    "Episode file on disk contains more episodes than this file contains",
    "not_an_upgrade",
    "release",
  ],
  ["No audio tracks detected", "no_audio", "release"],
  ["Caution: Found executable file with extension: '.exe'", "dangerous_file", "release"],
  ["Caution: Found potentially dangerous file with extension: .lnk", "dangerous_file", "release"],
  ["Caution: Found executable file", "dangerous_file", "release"],
  ["Invalid video file, unsupported extension: '.zipx'", "not_a_video", "release"],
  ["Invalid video file, filename starts with '._'", "not_a_video", "release"],
  ["Single episode split into multiple files", "split_file", "release"],
  ["Single episode file contains all episodes in seasons", "split_file", "release"],
  ["File is suspected multi-part file, Radarr doesn't support this", "split_file", "release"],
  ["Partial season packs are not supported", "unsupported_pack", "release"],
  ["Extras are not supported", "unsupported_pack", "release"],

  ["Episode has a TBA title and recently aired", "title_missing", "refresh"],
  ["Episode does not have a title and recently aired", "title_missing", "refresh"],
  [
    "Episode does not have an absolute episode number and recently aired",
    "title_missing",
    "refresh",
  ],

  ["File is still being unpacked", "unpacking", "wait"],
  ["Locked file, try again later", "locked", "wait"],
  ["qBittorrent is downloading metadata", "fetching_metadata", "wait"],

  ["Not enough free space", "disk_full", "person"],
  ["Unpacking failed, write error or disk is full?", "disk_full", "person"],
  ["Failed to import episode, Permissions error", "permission", "person"],
  ["Access to the path '/tv/Tidewater Road' is denied.", "permission", "person"],
  [
    "[C:\\downloads] is not a valid local path. You may need a Remote Path Mapping.",
    "path_mapping",
    "person",
  ],
  ["Download doesn't contain intermediate path, Skipping.", "path_mapping", "person"],
  [
    "Import failed, path does not exist or is not accessible by Sonarr: /downloads/x",
    "path_mapping",
    "person",
  ],
  ["Import path is mapped to a series folder", "path_mapping", "person"],
  ["Failed to import episode, Root folder missing.", "root_folder", "person"],
  [
    "Failed to import movie, unable to move existing file to the Recycle Bin.",
    "recycle_bin",
    "person",
  ],
  ["Failed to import episode, Destination already exists.", "destination_exists", "person"],
  ["Episode file already imported at 11/22/2026 10:15:00", "already_imported", "person"],
  ["Movie has already been imported", "already_imported", "person"],
  [
    "Found matching series via grab history, but release was matched to series by ID. Automatic import is not possible. See the FAQ for details.",
    "matched_by_id",
    "person",
  ],
  [
    "Found matching movie via grab history, but release was matched to movie by ID. Manual Import required.",
    "matched_by_id",
    "person",
  ],
  [
    "Series title mismatch; automatic import is not possible. Check the download troubleshooting entry on the wiki for common causes.",
    "title_mismatch",
    "person",
  ],
  [
    "Movie title mismatch, automatic import is not possible. Manual Import required.",
    "title_mismatch",
    "person",
  ],
  ["Unknown Series", "title_mismatch", "person"],
  ["Unable to parse download, automatic import is not possible.", "unreadable_name", "person"],
  ["Unable to parse file", "unreadable_name", "person"],
  ["Invalid season or episode", "unreadable_name", "person"],
  ["TheXEM needs manual input.", "scene_numbering", "person"],
  ["Manual import is required", "manual_import", "person"],
  [
    "Download wasn't grabbed by Sonarr and not in a category, Skipping.",
    "not_grabbed_here",
    "person",
  ],
  ["Found archive file, might need to be extracted", "archive", "person"],
  ["Unable to determine if file is a sample", "sample_unclear", "person"],
  ["Unpacking failed", "failed_download", "person"],
  ["Aborted, cannot be completed - https://sabnzbd.org/not-complete", "failed_download", "person"],
  ["The download is stalled with no connections", "stalled", "person"],
  ["The download is missing files", "client_lost_files", "person"],
  ["qBittorrent is reporting an error", "client_error", "person"],
  ["Unexpected error processing file", "import_error", "person"],
  ["Failed to import episode", "import_error", "person"],

  [
    "One or more episodes expected in this release were not imported or missing from the release",
    "incomplete",
    "none",
  ],
  [
    "One or more movies expected in this release were not imported or missing",
    "incomplete",
    "none",
  ],
];

describe("what the words of an import failure mean", () => {
  test.each(catalogue)("%s", (message, key, cure) => {
    expect(readImportReasons([message])).toMatchObject([{ key, cure }]);
    expect(readImportReasons([`  ${message.toUpperCase()} `])).toMatchObject([{ key, cure }]);
  });

  test("unknown words stay as they are, and their numbers do not make them new", () => {
    const [one] = readImportReasons(["Flux capacitor at 88 mph"]);
    const [other] = readImportReasons(["Flux capacitor at 42 mph"]);
    expect(one).toMatchObject({ cure: "unknown", words: "Flux capacitor at 88 mph" });
    expect(other?.key).toBe(one?.key);
  });

  test("a folder's name is no reason", () => {
    const path = "/downloads/Access.Denied.Sample.Disk.Is.Full.2024";
    const [reason] = readImportReasons([`No files found are eligible for import in ${path}`]);
    expect(reason?.key).toBe("no_files");
  });
});

describe("what helps against all of it together", () => {
  const incomplete =
    "One or more episodes expected in this release were not imported or missing from the release";
  test.each<[string, string[], string]>([
    ["one that another release cures", ["Sample"], "release"],
    ["two that another release cures", ["Sample", "No audio tracks detected"], "release"],
    ["a heading and one it cures", [incomplete, "Sample"], "release"],
    ["one it cures and one that needs a person", ["Sample", "Not enough free space"], "person"],
    [
      "one it cures and a title that is missing",
      ["Sample", "Episode has a TBA title and recently aired"],
      "person",
    ],
    ["one it cures and one nobody knows", ["Sample", "Flux capacitor"], "unknown"],
    ["one it cures and one that passes", ["Sample", "File is still being unpacked"], "wait"],
    [
      "a heading and a missing title",
      [incomplete, "Episode has a TBA title and recently aired"],
      "refresh",
    ],
    ["only a heading", [incomplete], "person"],
    ["nothing", [], "unknown"],
  ])("%s", (_, messages, cure) => {
    expect(cureOf(readImportReasons(messages))).toBe(cure);
  });
});
