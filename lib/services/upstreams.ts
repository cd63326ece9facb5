import { createPlexClient, type PlexClient } from "@/lib/clients/plex";
import { createRadarrClient, type RadarrClient } from "@/lib/clients/radarr";
import { createSeerrClient, type SeerrClient } from "@/lib/clients/seerr";
import { createSonarrClient, type SonarrClient } from "@/lib/clients/sonarr";
import type { Instance } from "@/lib/domain/instance";
import { type Config, requireSeerr } from "./load-config";

/** Clients for what is configured now. They hold nothing, so they are made for each use. */

export function seerrOf(config: Config): SeerrClient {
  return createSeerrClient({ name: "Seerr", ...requireSeerr(config) });
}

export function sonarrOf(instance: Instance): SonarrClient {
  return createSonarrClient({ name: instance.name, url: instance.url, apiKey: instance.apiKey });
}

export function radarrOf(instance: Instance): RadarrClient {
  return createRadarrClient({ name: instance.name, url: instance.url, apiKey: instance.apiKey });
}

/** Null when Plex is not connected. */
export function plexOf(config: Config): PlexClient | null {
  const { PLEX_URL: url, PLEX_TOKEN: token } = config.settings;
  return url === "" || token === "" ? null : createPlexClient({ url, token });
}
