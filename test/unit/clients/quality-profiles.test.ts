import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { createRadarrClient } from "@/lib/clients/radarr";
import { createSonarrClient } from "@/lib/clients/sonarr";
import { fakeService } from "./fake-service";

// Captured answers are read where they are, and only where they are.
const samples = fileURLToPath(
  new URL("../../../../shared/contracts/payloads/rest/", import.meta.url),
);
const sample = (name: string): unknown =>
  JSON.parse(readFileSync(`${samples}${name}.json`, "utf8"));

const profiles = async (json: unknown, status = 200) => {
  const service = await fakeService({ "/api/v3/qualityprofile": { json, status } });
  const connection = { name: "Radarr", url: service.url, apiKey: "key" };
  return createRadarrClient(connection).qualityProfiles();
};

it("names the cutoff, be it a quality or a group, and says whether upgrades are allowed", async () => {
  const items = [
    { quality: { id: 3, name: "WEBDL-1080p" }, items: [], allowed: true },
    { id: 1002, name: "WEB 2160p", items: [{ quality: { id: 18, name: "WEBDL-2160p" } }] },
  ];
  expect(
    await profiles([
      { id: 4, name: "HD", upgradeAllowed: true, cutoff: 3, items },
      { id: 5, name: "UHD", upgradeAllowed: false, cutoff: 1002, items },
      { id: 6, name: "Any", cutoff: 99, items },
      { id: 7 },
    ]),
  ).toEqual([
    { profileId: 4, name: "HD", upgradeAllowed: true, cutoffName: "WEBDL-1080p" },
    { profileId: 5, name: "UHD", upgradeAllowed: false, cutoffName: "WEB 2160p" },
    { profileId: 6, name: "Any", upgradeAllowed: false, cutoffName: null },
    { profileId: 7, name: null, upgradeAllowed: false, cutoffName: null },
  ]);
});

it.each([
  [{ message: "Unauthorized" }, 401, "auth"],
  [{ message: "broken" }, 500, "status"],
  [{ profiles: [] }, 200, "parse"],
])("takes %j (%i) for no answer", async (json, status, kind) => {
  await expect(profiles(json, status)).rejects.toMatchObject({ kind });
});

it.runIf(existsSync(samples))("reads what Radarr v6 and Sonarr v4 send", async () => {
  expect(await profiles(sample("radarr-v6-qualityprofile"))).toEqual([
    { profileId: 4, name: "HD-1080p", upgradeAllowed: false, cutoffName: "Bluray-1080p" },
  ]);
  const service = await fakeService({
    "/api/v3/qualityprofile": { json: sample("sonarr-v4-qualityprofile") },
  });
  const sonarr = createSonarrClient({ name: "Sonarr", url: service.url, apiKey: "key" });
  expect(await sonarr.qualityProfiles()).toEqual([
    { profileId: 4, name: "HD-1080p", upgradeAllowed: true, cutoffName: "WEB 1080p" },
  ]);
});
