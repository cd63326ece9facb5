import { expect, test } from "vitest";
import { plexAppLink, plexIntentLink, plexWebLink } from "@/lib/domain/plex-link";

test("the web, the app and Android's intent open the same item", () => {
  expect(plexWebLink("5c1d", "77")).toBe(
    "https://app.plex.tv/desktop/#!/server/5c1d/details?key=%2Flibrary%2Fmetadata%2F77",
  );
  expect(plexAppLink("5c1d", "77")).toBe(
    "plex://preplay/?metadataKey=%2Flibrary%2Fmetadata%2F77&server=5c1d",
  );
  const intent = plexIntentLink("5c1d", "77");
  expect(intent).toMatch(
    /^intent:\/\/preplay\/\?metadataKey=%2Flibrary%2Fmetadata%2F77&server=5c1d#Intent;scheme=plex;/,
  );
  const fallback = /S\.browser_fallback_url=([^;]+);end$/.exec(intent)?.[1] ?? "";
  expect(decodeURIComponent(fallback)).toBe(plexWebLink("5c1d", "77"));
});
