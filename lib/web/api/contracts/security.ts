import { z } from "zod";
import { endpoint } from "../endpoint";
import { idCursor, limit, longIdInAddress, moment, pageOf } from "../fields";
import { sessionCursor } from "../session-cursor";

const apiKey = z
  .strictObject({
    id: z.number().int(),
    name: z.string(),
    scope: z.enum(["read", "admin"]),
    hint: z.string().meta({ description: "Its first characters" }),
    createdBy: z.string(),
    createdAt: moment,
    lastUsedAt: moment.nullable(),
    lastUsedFrom: z.string().nullable(),
  })
  .meta({ id: "ApiKeyInfo" });

const session = z
  .strictObject({
    id: z.uuid(),
    account: z.string(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: moment,
    lastSeenAt: moment,
  })
  .meta({ id: "Session" });

export const getApiKeys = endpoint({
  method: "get",
  path: "/api-keys",
  tag: "Security",
  summary: "List API keys that are in force",
  description: "The keys themselves are kept nowhere. They are made in the dashboard alone.",
  query: z.strictObject({ after: idCursor.optional(), limit }),
  response: pageOf(apiKey),
});

export const deleteApiKey = endpoint({
  method: "delete",
  path: "/api-keys/{id}",
  tag: "Security",
  summary: "Revoke an API key",
  params: z.strictObject({ id: longIdInAddress("key") }),
  response: z.null(),
  status: 204,
  refusals: { 404: "There is no such key, or it was revoked already" },
});

export const getSessions = endpoint({
  method: "get",
  path: "/sessions",
  tag: "Security",
  summary: "List who is signed in, the newest sign-in first",
  query: z.strictObject({ after: sessionCursor.optional(), limit }),
  response: pageOf(session),
});

export const deleteSession = endpoint({
  method: "delete",
  path: "/sessions/{id}",
  tag: "Security",
  summary: "Sign a session out",
  params: z.strictObject({ id: z.uuid("is no id of a session") }),
  response: z.null(),
  status: 204,
  refusals: { 404: "It had ended already" },
});
