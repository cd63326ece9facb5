import { z } from "zod";
import {
  readBoolean,
  readBytes,
  readCount,
  readDate,
  readEmail,
  readId,
  readText,
  readUrl,
  readYear,
} from "./loose-json";

/**
 * Zod pieces for answers of other services. Each yields null for a missing or odd value, so that
 * one strange field does not hide a whole list; what a record cannot do without is `id`.
 */
export const id = z
  .unknown()
  .optional()
  .transform((value, context) => {
    const number = readCount(value);
    if (number !== null) return number;
    context.addIssue({ code: "custom", message: "no id" });
    return z.NEVER;
  });

/** A field that may be missing: `read` gets undefined then. */
function field<Value>(read: (value: unknown) => Value) {
  return z.unknown().optional().transform(read);
}

export const optionalId = field(readId);
export const optionalCount = field(readCount);
export const optionalYear = field(readYear);
export const optionalDate = field(readDate);
export const optionalBoolean = field(readBoolean);
export const optionalEmail = field(readEmail);
export const optionalUrl = field(readUrl);
export const optionalText = field((value) => readText(value));
export const optionalLongText = field((value) => readText(value, 8000));
/** A moment in epoch seconds, as Plex counts. */
export const optionalEpoch = field((value) => {
  const seconds = readCount(value);
  return seconds === null || seconds === 0 ? null : new Date(seconds * 1000);
});
/** Bytes; old versions write them as 3000000000.0, which JSON reads as a whole number. */
export const optionalBytes = field(readBytes);

/** An array; a missing one is empty. */
export function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}

/** An object that may be missing or odd: null then. */
export function optionalObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .object(shape)
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
}
