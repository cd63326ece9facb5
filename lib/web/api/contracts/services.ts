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
  tag: "Services",
  summary: "How every service stands, and what else is watched",
  response: z.strictObject({ services: z.array(service), watched: z.array(watched) }),
});

export const postServiceWebhook = endpoint({
  method: "post",
  path: "/services/{key}/webhook",
  tag: "Services",
  summary: "Install the webhook in a service and prove that it arrives",
  description:
    "Changes the connection named BingeAlert, or adds it; no other one is touched. Seerr has a single webhook: one that posts elsewhere stays, unless `replace` says otherwise. While there is a webhook secret no API key does this, as the secret goes along.",
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

const instanceKey = z
  .string()
  .regex(/^(sonarr|radarr)(-[a-z0-9-]{1,60})?$/, "is no Sonarr or Radarr")
  .meta({ description: "An instance such as `sonarr-anime`" });
const instanceInAddress = z.strictObject({ key: instanceKey });
const name = z.string().trim().min(1, "is empty").max(60, "is longer than 60 characters");
const url = z.string().trim().max(500, "is longer than 500 characters");
const apiKey = z.string().trim().min(1, "is empty").max(500, "is longer than 500 characters");
const serves4k = z.boolean().meta({ description: "It serves the 4K requests of its kind" });
const saved = z.strictObject({ key: instanceKey });

export const postService = endpoint({
  method: "post",
  path: "/services",
  tag: "Services",
  summary: "Add a Sonarr or Radarr",
  description: "What it holds is compared next. Nobody is mailed about what was there before.",
  body: z.strictObject({
    kind: z.enum(["sonarr", "radarr"]),
    name,
    url,
    apiKey,
    is4k: serves4k.default(false),
  }),
  response: saved,
  status: 201,
  refusals: { 409: "The environment gives it" },
});

export const patchService = endpoint({
  method: "patch",
  path: "/services/{key}",
  tag: "Services",
  summary: "Change a Sonarr or Radarr",
  description:
    "What is left out stays. Another address wants the key as well: the saved one is not sent elsewhere.",
  params: instanceInAddress,
  body: z.strictObject({
    name: name.optional(),
    url: url.optional(),
    apiKey: apiKey.optional(),
    is4k: serves4k.optional(),
  }),
  response: saved,
  refusals: { 404: "There is no such instance", 409: "The environment gives it" },
});

export const deleteService = endpoint({
  method: "delete",
  path: "/services/{key}",
  tag: "Services",
  summary: "Take a Sonarr or Radarr away",
  description: "What people were told stays known.",
  params: instanceInAddress,
  response: z.null(),
  status: 204,
  refusals: { 404: "There is no such instance", 409: "The environment gives it" },
});

export const postServiceTest = endpoint({
  method: "post",
  path: "/services/{key}/test",
  tag: "Services",
  summary: "Try the saved connection to a service",
  params: z.strictObject({
    key: z
      .union([z.enum(["seerr", "plex", "smtp"]), instanceKey], "is no service")
      .meta({ description: "`seerr`, `plex`, `smtp`, or an instance such as `sonarr-anime`" }),
  }),
  response: z.strictObject({
    works: z.boolean(),
    words: z.string(),
    detail: z.string().nullable().meta({ description: "Version and time, or what to do about it" }),
  }),
  refusals: { 404: "It is not connected" },
});
