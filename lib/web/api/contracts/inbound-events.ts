import { z } from "zod";
import { endpoint } from "../endpoint";
import { idCursor, limit, longIdInAddress, moment, pageOf, searchText } from "../fields";

const effect = z.strictObject({ words: z.string(), detail: z.string().nullable() });
const source = z.enum(["seerr", "sonarr", "radarr"]);
const outcome = z.enum(["pending", "handled", "ignored", "failed"]);

const summaryFields = {
  id: z.number().int(),
  receivedAt: moment,
  source,
  instance: z.string().nullable().meta({ description: "Key of the Sonarr or Radarr it came from" }),
  pathInstance: z.string().nullable().meta({ description: "The instance named in its address" }),
  remoteAddress: z.string().nullable(),
  eventType: z.string().nullable(),
  title: z.string().nullable(),
  outcome,
  reason: z.string().nullable(),
  effects: z.array(effect).meta({ description: "What it caused" }),
  processedAt: moment.nullable(),
  replayOf: z.number().int().nullable(),
};

const eventSummary = z.strictObject(summaryFields).meta({ id: "InboundEventSummary" });
const eventDetail = z
  .strictObject({
    ...summaryFields,
    headers: z.record(z.string(), z.string()),
    body: z.string().meta({ description: "As it arrived, laid out, secrets redacted" }),
    bodyBytes: z.number().int(),
    isBodyCut: z.boolean().meta({ description: "Only the first 200 kB of the body are given" }),
  })
  .meta({ id: "InboundEvent" });

const params = z.strictObject({ id: longIdInAddress("event") });
const noEvent = "There is no such event";

export const getInboundEvents = endpoint({
  method: "get",
  path: "/inbound-events",
  tag: "Inbox",
  summary: "List webhooks as they arrived, newest first",
  query: z.strictObject({
    q: searchText.optional().meta({ description: "Part of a title or an event type, or an id" }),
    source: source.optional(),
    outcome: outcome.optional(),
    after: idCursor.optional(),
    limit,
  }),
  response: pageOf(eventSummary),
});

export const getInboundEvent = endpoint({
  method: "get",
  path: "/inbound-events/{id}",
  tag: "Inbox",
  summary: "One webhook with its body",
  params,
  response: eventDetail,
  refusals: { 404: noEvent },
});

export const postReplay = endpoint({
  method: "post",
  path: "/inbound-events/{id}/replay",
  tag: "Inbox",
  summary: "Work an event off once more, or say what that would do",
  params,
  query: z.strictObject({
    dry: z
      .enum(["true", "false"])
      .default("false")
      .transform((word) => word === "true")
      .meta({
        type: "boolean",
        default: false,
        description: "Change nothing, only say what would happen",
      }),
  }),
  response: z.union([
    z
      .strictObject({
        dry: z.literal(false),
        eventId: z.number().int().meta({ description: "The replay is an event of its own" }),
      })
      .meta({ id: "Replay" }),
    z
      .strictObject({
        dry: z.literal(true),
        outcome: z.enum(["handled", "ignored"]),
        reason: z.string().nullable(),
        effects: z.array(effect),
      })
      .meta({ id: "DryReplay" }),
  ]),
  refusals: { 404: noEvent },
});
