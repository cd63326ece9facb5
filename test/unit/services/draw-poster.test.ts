import { describe, expect, it } from "vitest";
import { loadPoster } from "@/lib/services/mails/load-poster";

/** Neither TMDB nor a folder for the cache. */
const nowhere = { configDir: "/nonexistent", tmdbImageUrl: "http://127.0.0.1:9" };

describe("the poster of a title that a sample invents", () => {
  it("is not drawn for any other name, which anybody may ask for", async () => {
    await expect(loadPoster(nowhere, "/invented-something-else.png", 342)).rejects.toThrow(/TMDB/);
  });

  it("is drawn here, and another for each title", async () => {
    const draw = (name: string) => loadPoster(nowhere, `/invented-${name}.png`, 342);
    const [ferry, road] = await Promise.all(["last-ferry-north", "tidewater-road"].map(draw));
    expect(ferry?.contentType).toBe("image/png");
    expect(ferry?.bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    expect(ferry?.bytes.equals(road?.bytes ?? Buffer.alloc(0))).toBe(false);
    expect(ferry?.bytes.length).toBeLessThan(10_000);
  });
});
