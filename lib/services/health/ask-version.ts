import { createPlexClient } from "@/lib/clients/plex";
import { createRadarrClient } from "@/lib/clients/radarr";
import { createSeerrClient } from "@/lib/clients/seerr";
import { createSonarrClient } from "@/lib/clients/sonarr";

/** A service of the household, with the key or token it wants. */
export type ServiceAddress = {
  service: "seerr" | "sonarr" | "radarr" | "plex";
  /** As the admin knows it. */
  name: string;
  url: string;
  secret: string;
};

/** Asks a service for its version in a way that proves its key as well. Throws UpstreamError when it does not work. */
export async function askVersion(
  { service, name, url, secret }: ServiceAddress,
  options: { timeoutMs?: number } = {},
): Promise<string | null> {
  const connection = { name, url, apiKey: secret, ...options };
  switch (service) {
    case "seerr":
      return (await createSeerrClient(connection).status()).version;
    case "sonarr":
      return (await createSonarrClient(connection).systemStatus()).version;
    case "radarr":
      return (await createRadarrClient(connection).systemStatus()).version;
    case "plex": {
      const plex = createPlexClient({ url, token: secret, ...options });
      const { version } = await plex.identity();
      // That needs no token; this does.
      await plex.sections();
      return version;
    }
  }
}
