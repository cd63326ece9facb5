import { afterEach, expect, test } from "vitest";
import { settleHeld } from "@/lib/services/mails/settle-held";
import { closeStage, type Stage, subjectsTo, timelineOf } from "@/test/integration/scenarios/stage";
import type { SeerrRequest } from "@/test/support/upstreams/seerr-model";
import { check, findings, openCheckStage, somebody } from "./check-stage";

let stage: Stage;
afterEach(() => closeStage(stage));

test("a check that would send too much holds it, tells the admin once, and lets go or drops what the admin says", async () => {
  stage = await openCheckStage({ RECONCILIATION_HOLD_ABOVE: "3" });
  const { stack, household } = stage;
  stack.disconnect();
  const [anna, jonas] = [somebody(stage, "Anna"), somebody(stage, "Jonas")];
  const requests: SeerrRequest[] = [];
  for (const [n, user] of [anna, anna, jonas, jonas].entries()) {
    const title = stack.world.addMovie({ title: `Film ${n}` });
    requests.push(await stack.seerr.request({ user, title, autoApprove: true }));
    stack.plex.show(await stack.radarr.import(title));
  }
  expect(await check(stage)).toContain("4 missed mails held");
  expect((await findings(stage)).map(({ kind }) => kind)).toEqual(["held", "held", "held", "held"]);
  expect(subjectsTo(stage, "admin@example.net")).toEqual(["4 mails wait for your look"]);
  const held = await household.ctx.database.raw<{ id: string; user: string }[]>`
    select n.id, u.display_name as user from notifications n join users u on u.id = n.user_id
    where n.status = 'held' order by u.display_name, n.title`;
  expect(held.map(({ user }) => user)).toEqual(["Anna", "Anna", "Jonas", "Jonas"]);

  const ids = held.map(({ id }) => Number(id));
  const decide = (verdict: "release" | "drop", which: number[]) =>
    settleHeld(household.ctx, { verdict, which: { ids: which }, actor: "marta" });
  expect(await decide("release", ids.slice(0, 1))).toEqual({ settled: 1, passedOver: 0 });
  expect(await decide("drop", ids)).toEqual({ settled: 3, passedOver: 1 });
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, anna.email)).toHaveLength(1);
  expect(subjectsTo(stage, jonas.email)).toEqual([]);

  // No later check brings back what was dropped, nor tells the admin again.
  await check(stage);
  await check(stage);
  expect(stack.mailbox.messages).toHaveLength(2);
  const said = async (n: number) => {
    const request = requests[n];
    return request ? (await timelineOf(stage, request)).map(({ words }) => words) : [];
  };
  expect(await said(0)).toContain("The mail to Anna may leave");
  expect(await said(3)).toContain("Jonas was not told: the mail was cancelled");
});
