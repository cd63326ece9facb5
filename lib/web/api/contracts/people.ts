import { z } from "zod";

/** A person in an answer about something else. */
export const personRef = z
  .strictObject({
    userId: z.number().int().nullable().meta({ description: "Null while only a name is known" }),
    name: z.string(),
  })
  .meta({ id: "Person" });
