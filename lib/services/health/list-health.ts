import { type CheckKind, isServiceKind, kindOfCheck } from "@/lib/domain/health";
import { listServiceHealth, type ServiceHealth } from "@/lib/store/health";
import type { ServiceContext } from "../context";
import { listServiceProbes } from "./probe-services";

/** A service, connected or not, and its last check. */
export type ServiceStanding = {
  key: string;
  kind: CheckKind;
  name: string;
  /** Null when it is not connected. */
  address: string | null;
  /** Null before the first check, and when it is not connected. */
  health: ServiceHealth | null;
};

export type HealthOverview = {
  services: ServiceStanding[];
  /** Queue, workers, disk and webhooks, as far as they were looked at. */
  watched: (ServiceHealth & { kind: CheckKind })[];
};

/** What there could be besides Sonarr and Radarr, of which there may be any number. */
const single = [
  { key: "seerr", kind: "seerr", name: "Seerr" },
  { key: "plex", kind: "plex", name: "Plex" },
  { key: "smtp", kind: "smtp", name: "Mail server" },
] as const;

/** How every service stands, in a fixed order, and what else is watched. */
export async function listHealth(ctx: ServiceContext): Promise<HealthOverview> {
  const [config, rows] = await Promise.all([ctx.loadConfig(), listServiceHealth(ctx.database.db)]);
  const healthOf = (key: string) => rows.find((row) => row.key === key) ?? null;
  const connected: ServiceStanding[] = listServiceProbes(config).map(
    ({ key, kind, name, address }) => ({ key, kind, name, address, health: healthOf(key) }),
  );
  const missing = single
    .filter(({ key }) => !connected.some((service) => service.key === key))
    .map((service) => ({ ...service, address: null, health: null }));
  const order: CheckKind[] = ["seerr", "sonarr", "radarr", "plex", "smtp"];
  const services = [...connected, ...missing].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind),
  );
  const watched = rows
    .map((row) => ({ ...row, kind: kindOfCheck(row.key) }))
    .filter(({ kind }) => !isServiceKind(kind));
  return { services, watched };
}
