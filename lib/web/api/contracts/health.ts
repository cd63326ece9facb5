import { z } from "zod";
import { endpoint } from "../endpoint";

export const getHealth = endpoint({
  method: "get",
  path: "/health",
  tag: "Health",
  summary: "Whether web, worker and database work",
  description: "Open to everybody, and says nothing private.",
  open: true,
  sameBody: { status: 503, words: "A part does not work" },
  response: z.strictObject({
    status: z.enum(["ok", "down"]),
    web: z.literal("ok"),
    database: z.enum(["ok", "unreachable"]),
    worker: z.enum(["ok", "silent", "unknown"]),
  }),
});
