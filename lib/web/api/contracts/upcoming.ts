import { z } from "zod";
import { endpoint } from "../endpoint";
import { moment } from "../fields";

const whole = (min: number, max: number, usual?: number) => {
  const digits = z
    .string()
    .regex(/^\d{1,10}$/, "is not a whole number")
    .transform(Number)
    .pipe(z.number().min(min, `is below ${min}`).max(max, `is above ${max}`));
  return usual === undefined ? digits : digits.default(usual);
};

const expected = z
  .strictObject({
    at: moment.meta({ description: "When an episode airs; for a movie its day, as midnight UTC" }),
    release: z.enum(["air", "digital", "physical", "cinema"]),
    mediaKey: z.string(),
    title: z.string(),
    year: z.number().int().nullable(),
    season: z.number().int().nullable(),
    episode: z.number().int().nullable(),
    episodeTitle: z.string().nullable(),
    is4k: z.boolean(),
    isMonitored: z.boolean(),
    hasFile: z.boolean(),
    requestId: z.number().int(),
    waitingCount: z.number().int(),
    waiting: z
      .array(z.strictObject({ userId: z.number().int(), name: z.string() }))
      .meta({ description: "The first four of those who wait for it" }),
  })
  .meta({ id: "Upcoming" });

export const getUpcoming = endpoint({
  method: "get",
  path: "/upcoming",
  tag: "Requests",
  summary: "What comes in the next days and somebody waits for",
  query: z.strictObject({
    days: whole(1, 60, 30).meta({ type: "integer", minimum: 1, maximum: 60, default: 30 }),
    type: z.enum(["movie", "tv"]).optional(),
    quality: z.enum(["hd", "4k"]).optional(),
    person: whole(1, 2_147_483_647)
      .optional()
      .meta({ type: "integer", minimum: 1, description: "Id of a person who waits" }),
  }),
  response: z.strictObject({
    rows: z.array(expected),
    isCut: z.boolean().meta({ description: "There are more than the 2 000 given" }),
    calendars: z
      .array(
        z.strictObject({
          instance: z.string(),
          name: z.string(),
          readAt: moment.nullable().meta({ description: "When it last answered" }),
          trouble: z.string().nullable().meta({ description: "Why the last try failed" }),
        }),
      )
      .meta({ description: "What this comes from. One that cannot be read keeps what it said" }),
  }),
});

export const postCalendarLink = endpoint({
  method: "post",
  path: "/upcoming/calendar-link",
  tag: "Security",
  summary: "Make a link to the calendar of everybody",
  description:
    "The one before it works no more. Whoever has the link reads the calendar until it is revoked, so no API key may make one.",
  needs: "no_key",
  response: z.strictObject({ path: z.string().meta({ examples: ["/calendar/….ics"] }) }),
  status: 201,
  refusals: { 409: "It was revoked again at the same moment" },
});

export const deleteCalendarLink = endpoint({
  method: "delete",
  path: "/upcoming/calendar-link",
  tag: "Security",
  summary: "Revoke the link to the calendar of everybody",
  response: z.null(),
  status: 204,
});
