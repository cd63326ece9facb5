import { expect, test } from "vitest";
import { decideHold } from "@/lib/domain/reconcile";

test("a check that would send more mails than the limit holds them and says how many", () => {
  expect(decideHold(0, 25)).toBeNull();
  expect(decideHold(25, 25)).toBeNull();
  expect(decideHold(26, 25)).toContain("26 mails");
});
