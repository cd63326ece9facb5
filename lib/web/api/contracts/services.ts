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

export const postServiceWebhook = endpoint({
  method: "post",
  path: "/services/{key}/webhook",
  tag: "Health",
  summary: "Install the webhook in a service and prove that it arrives",
  description:
    "Changes the connection named BingeAlert, or adds it; no other one is touched. Seerr has a single webhook: one that posts elsewhere stays, unless `replace` says otherwise.",
  params: z.strictObject({
    key: z
      .string()
      .regex(/^(seerr|(sonarr|radarr)(-[a-z0-9-]{1,60})?)$/)
      .meta({ description: "`seerr`, or an instance such as `sonarr-anime`" }),
  }),
  body: z.strictObject({
    base: z.string().max(500).optional().meta({
      description:
        "Where the service reaches BingeAlert, such as `http://bingealert:8000`; guessed when left out",
    }),
    replace: z.boolean().default(false),
  }),
  response: z
    .strictObject({
      outcome: z.enum(["proven", "silent", "occupied", "refused"]).meta({
        description:
          "`proven`: its test arrived. `silent`: it did not. `occupied`: Seerr's webhook belongs to something else. `refused`: the service did not take it",
      }),
      words: z.string(),
      detail: z.string().nullable().meta({ description: "What to do about it, or where it posts" }),
      afterMs: z.number().int().nullable().meta({ description: "How long the way back took" }),
    })
    .meta({ id: "WebhookInstall" }),
  refusals: { 404: "No service of this name is connected", 409: "Seerr is not connected" },
});

const trialResult = z
  .strictObject({
    works: z.boolean(),
    words: z.string(),
    detail: z.string().nullable().meta({ description: "Its version, or what to do about it" }),
  })
  .meta({ id: "ConnectionTest" });

export const postServiceTest = endpoint({
  method: "post",
  path: "/services/{key}/test",
  tag: "Health",
  summary: "Try a connection as it is saved",
  description: "Asks the service who it is, and changes nothing anywhere.",
  params: z.strictObject({
    key: z
      .string()
      .regex(/^(seerr|plex|smtp|(sonarr|radarr)(-[a-z0-9-]{1,60})?)$/)
      .meta({ description: "`seerr`, `plex`, `smtp`, or an instance such as `sonarr-anime`" }),
  }),
  response: trialResult,
  refusals: { 404: "No service of this name is connected" },
});

const instanceKey = z
  .string()
  .regex(/^(sonarr|radarr)(-[a-z0-9-]{1,60})?$/)
  .meta({ description: "As `/services` names it, such as `sonarr-anime`" });

const instanceFields = {
  name: z.string().trim().min(1).max(60),
  url: z
    .string()
    .trim()
    .max(500)
    .meta({ examples: ["http://sonarr:8989"] }),
  isFourK: z.boolean().default(false).meta({ description: "It serves the requests for 4K" }),
};

const instanceKept = z.strictObject({ key: instanceKey });

export const postInstance = endpoint({
  method: "post",
  path: "/instances",
  tag: "Settings",
  summary: "Add a Sonarr or Radarr",
  description: "What it holds is compared next. Nobody is mailed about what was there before.",
  body: z.strictObject({
    kind: z.enum(["sonarr", "radarr"]),
    ...instanceFields,
    apiKey: z.string().trim().min(1).max(500),
  }),
  response: instanceKept,
  status: 201,
  refusals: { 409: "The environment gives it" },
});

export const patchInstance = endpoint({
  method: "patch",
  path: "/instances/{key}",
  tag: "Settings",
  summary: "Change a Sonarr or Radarr",
  description: "Without `apiKey` the key there is stays, as long as the server is the same.",
  params: z.strictObject({ key: instanceKey }),
  body: z.strictObject({
    ...instanceFields,
    apiKey: z.string().trim().min(1).max(500).optional(),
  }),
  response: instanceKept,
  refusals: { 404: "There is no such instance", 409: "The environment gives it" },
});

export const deleteInstance = endpoint({
  method: "delete",
  path: "/instances/{key}",
  tag: "Settings",
  summary: "Take a Sonarr or Radarr out of the configuration",
  description: "What people were told stays known.",
  params: z.strictObject({ key: instanceKey }),
  response: z.null(),
  status: 204,
  refusals: { 404: "There is no such instance", 409: "The environment gives it" },
});
