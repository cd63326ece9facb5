import { z } from "zod";
import { checkKinds } from "@/lib/domain/health";
import { endpoint } from "../endpoint";
import { moment } from "../fields";

const standing = {
  key: z.string(),
  kind: z.enum(checkKinds),
  name: z.string(),
  state: z
    .enum(["ok", "degraded", "down", "unknown"])
    .meta({ description: "`unknown`: not connected, or not checked yet" }),
  since: moment.nullable(),
  checkedAt: moment.nullable(),
  words: z.string().nullable().meta({ description: "What the last check found" }),
  remedy: z.string().nullable().meta({ description: "What to do about it" }),
};

const service = z
  .strictObject({
    ...standing,
    address: z.string().nullable().meta({ description: "Null when it is not connected" }),
    latencyMs: z.number().int().nullable(),
    failures: z.number().int().meta({ description: "Failed checks in a row" }),
  })
  .meta({ id: "Service" });

const watched = z.strictObject(standing).meta({ id: "Watched" });

export const getServices = endpoint({
  method: "get",
  path: "/services",
  tag: "Health",
  summary: "How every service stands, and what else is watched",
  response: z.strictObject({ services: z.array(service), watched: z.array(watched) }),
});
