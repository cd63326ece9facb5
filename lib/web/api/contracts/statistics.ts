import { z } from "zod";
import { requestStates } from "@/lib/domain/request-state";
import { endpoint } from "../endpoint";
import { moment } from "../fields";

const count = (description: string) => z.number().int().min(0).meta({ description });

const waits = {
  watchable: count("Requests of which something could be watched for the first time"),
  medianHours: z
    .number()
    .min(0)
    .nullable()
    .meta({ description: "Half of them had been waited for less; null when there are none" }),
  lengths: z
    .strictObject({
      hour: count("Up to an hour"),
      day: count("Longer, up to a day"),
      week: count("Longer, up to a week"),
      month: count("Longer, up to 30 days"),
      longer: count("Longer still"),
    })
    .meta({ description: "How many had been waited for how long; each counts once" }),
};
const waitingState = z.enum(requestStates);

export const getStatistics = endpoint({
  method: "get",
  path: "/statistics",
  tag: "Health",
  summary: "How long people wait, what waits now, and the queue",
  description:
    "The last twelve weeks, the running one last. What was there when BingeAlert began does not count among the waits.",
  response: z
    .strictObject({
      timeZone: z.string().meta({ description: "The server's: weeks begin there" }),
      weeks: z.array(
        z.strictObject({ week: z.iso.date().meta({ description: "Its Monday" }), ...waits }),
      ),
      all: z.strictObject(waits).meta({ description: "These weeks together" }),
      waiting: z
        .array(z.strictObject({ state: waitingState, count: count("Requests in it") }))
        .meta({ description: "Requests that are not over" }),
      longest: z
        .array(
          z.strictObject({
            requestId: z.number().int(),
            title: z.string(),
            state: waitingState,
            since: moment,
          }),
        )
        .meta({ description: "Of those that nothing can be watched of, the oldest" }),
      queue: z.strictObject({
        mails: z.strictObject({
          gathering: count("Batches that gather episodes or wait for Plex"),
          scheduled: count("Have a time to leave at"),
          sending: count("In the hands of the mail server"),
          retrying: count("Wait for their next attempt"),
          held: count("Wait for the admin"),
          nextDueAt: moment.nullable(),
        }),
        jobs: z.strictObject({
          due: count("Could run, and no worker has taken them"),
          failing: count("Their last try failed"),
        }),
      }),
    })
    .meta({ id: "Statistics" }),
});
