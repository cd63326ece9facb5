import { z } from "zod";
import { decodeLogPlace, logLevels, logProcesses } from "@/lib/domain/log-line";
import { endpoint } from "../endpoint";
import { limit, moment, searchText } from "../fields";

const line = z
  .strictObject({
    id: z.string(),
    process: z.enum(logProcesses),
    time: moment,
    level: z.enum(logLevels),
    message: z.string(),
    fields: z.record(z.string(), z.string()).meta({ description: "Everything else, as text" }),
  })
  .meta({ id: "LogLine" });

const place = z
  .string()
  .max(200, "is no place in the log")
  .transform((text, context) => {
    const found = decodeLogPlace(text);
    if (found) return found;
    context.addIssue({ code: "custom", message: "is no place in the log" });
    return z.NEVER;
  })
  .meta({ type: "string", description: "`next` of the page before; absent for the first page" });

const time = (words: string) =>
  z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .meta({ type: "string", format: "date-time", description: words });

export const getLogs = endpoint({
  method: "get",
  path: "/logs",
  tag: "System",
  summary: "List kept log lines of the server that answers, newest first",
  description:
    "Lines of the web, worker and supervisor processes that share its config folder. Secrets and addresses were taken out before they were kept.",
  query: z.strictObject({
    q: searchText.optional().meta({ description: "Anywhere in the line, in any case" }),
    process: z.enum(logProcesses).optional(),
    level: z.enum(logLevels).default("debug").meta({ description: "This level and what is worse" }),
    since: time("Not before").optional(),
    until: time("Not after").optional(),
    after: place.optional(),
    limit,
  }),
  response: z.strictObject({
    rows: z.array(line),
    next: z.string().nullable().meta({
      description: "Give it as `after` for the next page; null when everything was looked at",
    }),
    searchedTo: moment.nullable().meta({
      description: "How far back was looked, when time was up before the page was full",
    }),
  }),
});
