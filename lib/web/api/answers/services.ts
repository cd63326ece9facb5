import "server-only";
import { listHealth } from "@/lib/services/list-health";
import type { ServiceHealth } from "@/lib/store/health";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { getServices } from "../contracts/services";
import { iso } from "../moments";

export const serviceList = apiRoute(getServices, async () => {
  const { services, watched } = await listHealth(webContext());
  return {
    services: services.map(({ key, kind, name, address, health }) => ({
      key,
      kind,
      name,
      ...found(health),
      address,
      latencyMs: health?.latencyMs ?? null,
      failures: health?.failures ?? 0,
    })),
    watched: watched.map(({ key, kind, name, ...health }) => ({
      key,
      kind,
      name,
      ...found({ key, name, ...health }),
    })),
  };
});

function found(health: ServiceHealth | null) {
  return {
    state: health?.state ?? ("unknown" as const),
    since: iso(health?.since ?? null),
    checkedAt: iso(health?.checkedAt ?? null),
    words: health?.words ?? null,
    remedy: health?.remedy ?? null,
  };
}
