import { z } from "zod";
import { decodePlace } from "@/lib/store/views/keyset";

/** Fields that several endpoints share, with what OpenAPI says about them. */

const digits = (longest: number) =>
  z
    .string()
    .regex(/^[1-9]\d*$/, "is not a whole number above 0")
    .transform(Number)
    .pipe(z.number().max(longest, "is larger than any id"));

/** An id in an address, of a table with `integer` keys. */
export const idInAddress = (of: string) =>
  digits(2_147_483_647).meta({ type: "integer", minimum: 1, description: `Id of the ${of}` });

/** An id in an address, of a table with `bigint` keys. */
export const longIdInAddress = (of: string) =>
  digits(Number.MAX_SAFE_INTEGER).meta({
    type: "integer",
    minimum: 1,
    description: `Id of the ${of}`,
  });

/** An id in a body. */
export const idInBody = z.number().int().min(1).max(2_147_483_647);

/** An id in a body, of a table with `bigint` keys. */
export const longIdInBody = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** A moment in an answer: UTC, with a Z. */
export const moment = z.iso
  .datetime()
  .meta({ description: "UTC", examples: ["2026-11-22T19:30:00.000Z"] });

/** Rows per page. */
export const limit = z
  .string()
  .regex(/^\d{1,4}$/, "is not a whole number")
  .transform(Number)
  .pipe(z.number().min(1, "is below 1").max(200, "is above 200"))
  .default(50)
  .meta({ type: "integer", minimum: 1, maximum: 200, default: 50, description: "Rows per page" });

/** What to search for. PostgreSQL refuses NUL, and no name has other control characters. */
export const searchText = z
  .string()
  .trim()
  .max(200, "is longer than 200 characters")
  .refine((text) => !/\p{Cc}/u.test(text), "holds control characters");

const cursorWords = "`next` of the page before; absent for the first page";

/** A place in a list ordered by a moment, as `next` gives it. */
export const placeCursor = z
  .string()
  .max(80, "is no place in this list")
  .transform((text, context) => {
    const place = decodePlace(text);
    if (place) return place;
    context.addIssue({ code: "custom", message: "is no place in this list" });
    return z.NEVER;
  })
  .meta({ type: "string", description: cursorWords });

/** A place in a list ordered by id. */
export const idCursor = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, "is no place in this list")
  .transform(Number)
  .meta({ type: "string", description: cursorWords });

/** Several of the given words, separated by commas. */
export function wordList<const W extends readonly [string, ...string[]]>(words: W, of: string) {
  return z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(words)))
    .meta({
      type: "string",
      description: `${of}, one or several separated by commas: ${words.join(", ")}`,
    });
}

/** A page of rows and where the next one begins. */
export function pageOf<R extends z.ZodType>(row: R) {
  return z.strictObject({
    rows: z.array(row),
    next: z
      .string()
      .nullable()
      .meta({ description: "Give it as `after` for the next page; null on the last one" }),
  });
}
