import { expect, test } from "vitest";
import { changesBetween, deedView } from "@/lib/domain/views/activity";

test("a change says what was and what is, and leaves out what stayed", () => {
  expect(changesBetween({ A: "", B: 1, D: "d" }, { A: "x", B: 1, C: true })).toEqual([
    { name: "A", from: "empty", to: "x" },
    { name: "D", from: "d", to: null },
    { name: "C", from: null, to: "yes" },
  ]);
  expect(changesBetween(null, { A: "x" })).toEqual([{ name: "A", from: null, to: "x" }]);
  expect(changesBetween({ A: { b: [1] } }, null)).toEqual([
    { name: "A", from: '{"b":[1]}', to: null },
  ]);
  expect(changesBetween({ KEY: "•••" }, { KEY: "•••" })).toHaveLength(1);
  expect(changesBetween(null, null)).toEqual([]);
  expect(changesBetween("text", ["list"])).toEqual([]);
});

test("fields are named as people say them, settings as in .env", () => {
  const deed = deedView({
    ...{ id: 1, at: new Date(0), actor: "anna", address: null, area: null, subject: null },
    action: "Saved a connection",
    before: { isFourK: false, url: "http://a", PLEX_URL: "http://b" },
    after: { isFourK: true, url: "http://c", PLEX_URL: "http://d", sentAgainAs: 7 },
  });
  expect(deed.changes).toEqual([
    { name: "4K", from: "no", to: "yes" },
    { name: "address", from: "http://a", to: "http://c" },
    { name: "PLEX_URL", from: "http://b", to: "http://d" },
    { name: "sent again as", from: null, to: "7" },
  ]);
});

test("ids become places one can go to, whatever else came with them", () => {
  const deed = deedView({
    id: 1,
    at: new Date(0),
    actor: "anna",
    address: null,
    area: "requests",
    action: "1 person attached",
    subject: null,
    before: null,
    after: { requestId: 12, userId: "<b>", toString: 3 },
  });
  expect(deed.places).toEqual([{ label: "Request", href: "/requests/12" }]);
  expect(deed.changes.map(({ name }) => name)).toEqual(["user id", "to string"]);
});
