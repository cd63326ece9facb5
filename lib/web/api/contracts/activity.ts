import { z } from "zod";
import { auditAreas } from "@/lib/domain/audit";
import { endpoint } from "../endpoint";
import { idCursor, limit, moment, pageOf, searchText } from "../fields";

const value = z.unknown().nullable();

const deed = z
  .strictObject({
    id: z.number().int(),
    at: moment,
    actor: z
      .string()
      .meta({ description: "An account, `key` and its name, or `admin` while login is off" }),
    address: z.string().nullable(),
    area: z.enum(auditAreas).nullable(),
    action: z.string(),
    subject: z.string().nullable(),
    before: value.meta({
      description: "How it was, as far as that says something; secrets masked",
    }),
    after: value.meta({ description: "How it is now, or what was asked for; secrets masked" }),
  })
  .meta({ id: "Deed" });

export const getActivity = endpoint({
  method: "get",
  path: "/activity",
  tag: "System",
  summary: "List what people did, newest first",
  query: z.strictObject({
    q: searchText.optional().meta({
      description:
        "Part of the action, its subject, the address or a value, among the newest 20 000",
    }),
    actor: z.string().max(200).optional(),
    area: z.enum(auditAreas).optional(),
    after: idCursor.optional(),
    limit,
  }),
  response: pageOf(deed),
});
