import { z } from "zod";
import type { SessionPlace } from "@/lib/store/admin-sessions";

/** Writes where a page of sessions ended as one word. */
export const encodeSessionPlace = ({ createdAt, publicId }: SessionPlace): string =>
  `${createdAt.getTime()}~${publicId}`;

const place = /^(\d{1,15})~([0-9a-f-]{36})$/;

/** Reads what {@link encodeSessionPlace} wrote. */
export const sessionCursor = z
  .string()
  .regex(place, "is no place in this list")
  .transform((text): SessionPlace => {
    const [, at = "0", publicId = ""] = place.exec(text) ?? [];
    return { createdAt: new Date(Number(at)), publicId };
  })
  .meta({ type: "string", description: "`next` of the page before; absent for the first page" });
