import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { namesNothingReads } from "@/lib/domain/setting-names";

test("a mistyped name is found, and none that .env.example explains", () => {
  const example = fileURLToPath(new URL("../../../.env.example", import.meta.url));
  const explained = [...readFileSync(example, "utf8").matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map(
    ([, name]) => name ?? "",
  );
  expect(explained.length).toBeGreaterThan(80);
  expect(namesNothingReads(explained)).toEqual([]);
  const written = ["SMPT_HOST", "SONARR_APIKEY", "PLEX_TOKEN_FILE", "RADARR_4K_UHD_IS_4K", "TZ"];
  expect(namesNothingReads(written)).toEqual(["SMPT_HOST", "SONARR_APIKEY"]);
});
