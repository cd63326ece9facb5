import { z } from "zod";
import { decodePlace, encodePlace } from "@/lib/store/views/keyset";
import type { TitlePlace } from "@/lib/store/views/titles-of-user";

/** Writes a place in the list of a person's titles as one word. */
export const encodeTitlePlace = ({ isOver, ...place }: TitlePlace): string =>
  `${isOver ? "over" : "open"}~${encodePlace(place)}`;

/** Reads what {@link encodeTitlePlace} wrote. */
export const titleCursor = z
  .string()
  .max(80, "is no place in this list")
  .transform((text, context): TitlePlace => {
    const part = /^(open|over)~(.*)$/.exec(text);
    const place = decodePlace(part?.[2]);
    if (place) return { isOver: part?.[1] === "over", ...place };
    context.addIssue({ code: "custom", message: "is no place in this list" });
    return z.NEVER;
  })
  .meta({ type: "string", description: "`next` of the page before; absent for the first page" });
