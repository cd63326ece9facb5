import { z } from "zod";

/** A place in a list ordered by name and id. */
export type NamePlace = { name: string; id: number };

const place = z.tuple([z.string().regex(/^[^\0]*$/), z.number().int().min(1).max(2_147_483_647)]);

/** Writes a place as one opaque word. */
export function encodeNamePlace({ name, id }: NamePlace): string {
  return Buffer.from(JSON.stringify([name, id])).toString("base64url");
}

/** Reads what {@link encodeNamePlace} wrote. */
export const nameCursor = z
  .string()
  .max(2000, "is no place in this list")
  .transform((text, context): NamePlace => {
    const read = place.safeParse(parse(text));
    if (read.success) return { name: read.data[0], id: read.data[1] };
    context.addIssue({ code: "custom", message: "is no place in this list" });
    return z.NEVER;
  })
  .meta({ type: "string", description: "`next` of the page before; absent for the first page" });

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
