import { z } from "zod";
import type { Connection, ConnectionPlan } from "@/lib/domain/webhook-install";
import { createServarrHttp, type ServarrConnection } from "./servarr";

/** The connections of one Sonarr or Radarr. Every call throws UpstreamError. */
export type ServarrConnections = {
  /** All there are. */
  list(): Promise<Connection[]>;
  /** What its version can be connected to, with what each wants to know. */
  schema(): Promise<Connection[]>;
  /** Writes one. It tries it first, and refuses with 400 one that does not work. */
  save(plan: ConnectionPlan): Promise<Connection>;
  /** Has it send its test event. */
  test(connection: Connection): Promise<void>;
};

/** Writing a connection includes its own try, for which Sonarr and Radarr wait up to 100 s. */
const timeoutMs = 30_000;

const field = z.looseObject({ name: z.string(), value: z.unknown().optional() });
const connection = z.looseObject({
  id: z.number().int().optional(),
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? ""),
  implementation: z.string(),
  fields: z.array(field),
});
const connections = z.array(connection);

export function createServarrConnections(
  service: "sonarr" | "radarr",
  { name, url, apiKey }: Pick<ServarrConnection, "name" | "url" | "apiKey">,
): ServarrConnections {
  const http = createServarrHttp(service, { name, url, apiKey, timeoutMs });
  const place = "api/v3/notification";
  return {
    list: () => http.get(place, connections),
    schema: () => http.get(`${place}/schema`, connections),
    save: (plan) =>
      plan.kind === "add"
        ? http.post(place, connection, plan.body)
        : http.put(`${place}/${plan.id}`, connection, plan.body),
    test: (saved) => http.trigger(`${place}/test`, saved),
  };
}
