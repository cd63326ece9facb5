import { expect, test } from "vitest";
import { hideLinks, linkGrant } from "@/lib/domain/signed-link";

test("a link is for one user and one version of their links", () => {
  expect(linkGrant.parse({ userId: 3, version: 1 })).toEqual({ userId: 3, version: 1 });
  for (const grant of [{ userId: 0, version: 1 }, { userId: 3 }, { userId: "3", version: 1 }]) {
    expect(linkGrant.safeParse(grant).success).toBe(false);
  }
});

test("links that act for a person are hidden, those that only open Plex are not", () => {
  const token = `eyJhIjoxfQ.${"a-_1".repeat(8)}`;
  const hidden = hideLinks(
    `<a href="https://b.example/u/${token}/follow/${token}">a</a> /calendar/${token}.ics /open/${token} /users/3`,
  );
  expect(hidden).toBe(
    `<a href="https://b.example/u/…/follow/…">a</a> /calendar/….ics /open/${token} /users/3`,
  );
});
