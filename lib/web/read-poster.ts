import "server-only";
import { UpstreamError } from "@/lib/errors";
import type { Config } from "@/lib/services/load-config";
import {
  askForPoster,
  findKeptPoster,
  type Poster,
  posterWidths,
} from "@/lib/services/mails/load-poster";
import { limitNewPoster } from "./rate-limit";
import { webContext } from "./service-context";

export type PosterAnswer =
  | ({ kind: "found" } & Poster)
  | { kind: "not_found" }
  | { kind: "limited"; retryAfterSeconds: number }
  | { kind: "unavailable" };

const CONFIG_KEPT_MS = 30_000;
let kept: { config: Config; readAt: number } | null = null;

/** A page has many posters: where they come from is read at most twice a minute. */
async function recentConfig(): Promise<Config> {
  if (kept && Date.now() - kept.readAt < CONFIG_KEPT_MS) return kept.config;
  kept = { config: await webContext().loadConfig(), readAt: Date.now() };
  return kept.config;
}

/**
 * The poster behind `/posters/w342/abc.jpg`, by the parts of its address. From one address TMDB is asked for so many
 * only; `sent` are the headers that say which.
 */
export async function readPosterByAddress(
  parts: readonly string[],
  sent: Headers,
): Promise<PosterAnswer> {
  const [widthText, file, ...rest] = parts;
  const width = posterWidths.find((known) => `w${known}` === widthText);
  if (!width || !file || rest.length > 0) return { kind: "not_found" };
  try {
    const config = await recentConfig();
    const kept = await findKeptPoster(config, `/${file}`, width);
    if (kept) return { kind: "found", ...kept };
    const limit = await limitNewPoster(sent);
    if (limit.kind === "limited") return limit;
    const poster = await askForPoster(config, `/${file}`, width);
    return poster ? { kind: "found", ...poster } : { kind: "not_found" };
  } catch (error) {
    if (error instanceof UpstreamError) return { kind: "unavailable" };
    throw error;
  }
}
