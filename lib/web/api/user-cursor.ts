import { z } from "zod";
import { type UserOrder, userOrders, userSort } from "@/lib/domain/views/users";
import { decodePlaceOf, encodePlace, type KeysetPlace } from "@/lib/store/views/keyset";
import { userOrderedBy } from "@/lib/store/views/user-list";

/** A place in the list of people, in the order in which it was listed. */
export type UserPlace = { order: UserOrder; place: KeysetPlace };

/** Writes a place as one opaque word: names hold anything. */
export function encodeUserPlace({ order, place }: UserPlace): string {
  return Buffer.from(`${order}~${encodePlace(place)}`).toString("base64url");
}

/** Reads what {@link encodeUserPlace} wrote. */
export const userCursor = z
  .string()
  .max(4000, "is no place in this list")
  .transform((text, context): UserPlace => {
    const read = decode(Buffer.from(text, "base64url").toString("utf8"));
    if (read) return read;
    context.addIssue({ code: "custom", message: "is no place in this list" });
    return z.NEVER;
  })
  .meta({ type: "string", description: "`next` of the page before; absent for the first page" });

function decode(text: string): UserPlace | null {
  const cut = text.indexOf("~");
  const order = userOrders.find((one) => one === text.slice(0, cut));
  const place = order && decodePlaceOf(userOrderedBy[userSort(order).by], text.slice(cut + 1));
  return place ? { order, place } : null;
}
