import { expect, test } from "vitest";
import { decideRecipient, mailAddress, type Recipient } from "@/lib/domain/recipients";

const anna: Recipient = {
  displayName: "Anna Lindqvist",
  email: "anna@example.net",
  isActive: true,
  deactivatedAt: null,
  goneFromSeerrAt: null,
  unsubscribedAt: null,
  mutedKinds: [],
  mutedTitleAt: null,
};
const day = new Date("2026-11-12T23:30:00Z");
const decide = (changes: Partial<Recipient>) =>
  decideRecipient({ ...anna, ...changes }, "episodes_available", "episodes available");

test("somebody active with an address is told", () => {
  expect(decide({})).toEqual({ kind: "tell", address: "anna@example.net" });
  expect(decide({ email: " anna@example.net " })).toEqual({
    kind: "tell",
    address: "anna@example.net",
  });
});

test("what somebody does not want is named as their choice, with its date", () => {
  expect(decide({ isActive: false, deactivatedAt: day })).toEqual({
    kind: "notWanted",
    code: "inactive",
    because: "deactivated on 12 November 2026",
  });
  expect(decide({ isActive: false })).toMatchObject({ because: "deactivated" });
  expect(decide({ unsubscribedAt: day })).toMatchObject({
    kind: "notWanted",
    code: "unsubscribed",
  });
  expect(decide({ mutedKinds: ["episodes_available"] })).toMatchObject({
    kind: "notWanted",
    code: "kind_off",
    because: "switched off “episodes available”",
  });
  expect(decide({ mutedKinds: ["movie_available"] }).kind).toBe("tell");
  expect(decide({ mutedTitleAt: day })).toMatchObject({ kind: "notWanted", code: "title_muted" });
});

test("what cannot be done now may be made up for later", () => {
  expect(decide({ goneFromSeerrAt: day })).toEqual({
    kind: "notPossible",
    code: "gone",
    because: "no longer in Seerr since 12 November 2026",
  });
  for (const email of [null, "", "  ", "anna", "anna@", "a b@example.net"]) {
    expect(decide({ email })).toMatchObject({ kind: "notPossible", code: "no_address" });
  }
});

test("a choice comes before a hindrance: it is not made up for", () => {
  expect(decide({ unsubscribedAt: day, email: null, goneFromSeerrAt: day })).toMatchObject({
    kind: "notWanted",
  });
});

test("a bare user name is no address", () => {
  expect(mailAddress("anna")).toBeNull();
  expect(mailAddress(undefined)).toBeNull();
  expect(mailAddress("anna@example.net\r\nBcc: eve@example.net")).toBeNull();
});
