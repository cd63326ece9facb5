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
  expect(deed.changes.map(({ name }) => name)).toEqual(["userId", "toString"]);
});
