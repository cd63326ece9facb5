import { z } from "zod";
import { isTimeZone } from "@/lib/domain/local-time";
import { maintenanceStatuses } from "@/lib/domain/maintenance";
import { endpoint } from "../endpoint";
import { longIdInAddress, moment } from "../fields";

const window = z
  .strictObject({
    id: z.number().int(),
    title: z.string(),
    text: z.string(),
    startsAt: moment,
    endsAt: moment,
    zone: z.string().meta({ description: "The zone in which the admin gave the times" }),
    status: z.enum(maintenanceStatuses),
    announcedAt: moment,
    remindedAt: moment.nullable(),
    finishedAt: moment.nullable(),
  })
  .meta({ id: "MaintenanceWindow" });

const given = z.iso.datetime({ offset: true }).meta({
  description: "With its offset, or Z",
  examples: ["2026-11-28T20:00:00+01:00"],
});

const plan = z.strictObject({
  title: z.string().trim().min(1, "is empty").max(120, "is longer than 120 characters"),
  text: z.string().trim().max(2000, "is longer than 2000 characters").default(""),
  startsAt: given,
  endsAt: given,
  zone: z.string().refine(isTimeZone, "is not a time zone such as Europe/Berlin"),
});

const params = z.strictObject({ id: longIdInAddress("maintenance window") });
const noWindow = "There is no such maintenance window";
const mails = z.number().int().meta({ description: "How many mails this makes" });

export const getMaintenance = endpoint({
  method: "get",
  path: "/maintenance",
  tag: "Maintenance",
  summary: "Maintenance windows: those to come or going on, and the latest that are over",
  response: z.strictObject({ upcoming: z.array(window), past: z.array(window) }),
});

export const postMaintenance = endpoint({
  method: "post",
  path: "/maintenance",
  tag: "Maintenance",
  summary: "Plan a maintenance window and announce it",
  body: plan,
  response: z.strictObject({ window, mails }),
  status: 201,
  refusals: { 409: "Another window covers some of this time" },
});

export const patchMaintenance = endpoint({
  method: "patch",
  path: "/maintenance/{id}",
  tag: "Maintenance",
  summary: "Change a window that has not begun",
  description: "Other times are announced again; other words alone are not.",
  params,
  body: plan,
  response: z.strictObject({ window, mails }),
  refusals: { 404: noWindow, 409: "It has begun or is over, or another window covers the time" },
});

export const postMaintenanceCancel = endpoint({
  method: "post",
  path: "/maintenance/{id}/cancel",
  tag: "Maintenance",
  summary: "Call off a window that has not begun",
  params,
  response: z.strictObject({ window, mails }),
  refusals: { 404: noWindow, 409: "It has begun or is over" },
});

export const postMaintenanceEnd = endpoint({
  method: "post",
  path: "/maintenance/{id}/end",
  tag: "Maintenance",
  summary: "End a window that goes on, before its time",
  params,
  response: z.strictObject({ window }),
  refusals: { 404: noWindow, 409: "It does not go on now" },
});
