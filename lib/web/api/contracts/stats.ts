import { z } from "zod";
import { endpoint } from "../endpoint";
import { moment } from "../fields";

const count = (description: string) => z.number().int().min(0).meta({ description });

export const getStats = endpoint({
  method: "get",
  path: "/stats",
  tag: "Health",
  summary: "A few figures for a start page",
  description: "For Homepage, Homarr and their like. At most five seconds old.",
  response: z
    .strictObject({
      requests: z.strictObject({
        total: count("Not counting declined and deleted ones"),
        told: count("Of which something is there, and who asked knows it"),
        waiting: count("Nothing to tell yet"),
        comingSoon: count("Of the waiting ones: not released yet"),
      }),
      mails: z.strictObject({
        sentLastDay: count("In the last 24 hours"),
        sentLastWeek: count("In the last seven days"),
        sent: count("Since the beginning"),
        onTheirWay: count("Gathering, waiting for Plex, or about to leave"),
        held: count("Waiting for the admin"),
        failed: count("Refused for good"),
        unknown: count("May or may not have arrived"),
      }),
      people: count("People Seerr knows"),
      issuesOpen: count("Reported and not settled"),
      needsYou: count("Held, failed and unknown mails, open issues, and services that are down"),
      services: z.strictObject({
        up: count("Answered their last check"),
        down: count("Did not"),
      }),
      lastWebhookAt: moment.nullable(),
      worker: z.enum(["ok", "silent"]),
    })
    .meta({ id: "Stats" }),
});
