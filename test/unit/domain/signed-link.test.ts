import { expect, test } from "vitest";
import { linkGrant } from "@/lib/domain/signed-link";

test("a link is for one user and one version of their links", () => {
  expect(linkGrant.parse({ userId: 3, version: 1 })).toEqual({ userId: 3, version: 1 });
  for (const grant of [{ userId: 0, version: 1 }, { userId: 3 }, { userId: "3", version: 1 }]) {
    expect(linkGrant.safeParse(grant).success).toBe(false);
  }
});
