import { test } from "vitest";
import { Household } from "@/test/support/household";
import { startMediaStack } from "@/test/support/upstreams/media-stack";
test("x", async () => {
  let t = performance.now();
  const lap = (w: string) => { process.stdout.write(`${w} ${Math.round(performance.now()-t)}\n`); t = performance.now(); };
  const stack = await startMediaStack(); lap("stack");
  const h = await Household.open(stack); lap("open");
  await h.settle(); lap("settle empty");
  for (let i=0;i<5;i++){ await h.receive("sonarr", {eventType:"Health"}); await h.settle(); lap("settle 1"); }
  const anna = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  await stack.seerr.request({ user: anna, title: stack.titles.tidewaterRoad, seasons: [3], autoApprove: true }); lap("req");
  await h.settle(); lap("settle");
  stack.plex.show(await stack.sonarr.import(stack.titles.tidewaterRoad,3,[1])); lap("import");
  await h.settle(); lap("settle");
  await h.advance({minutes:7}); lap("adv");
  lap(`mails ${stack.mailbox.messages.length}`);
  await h.close(); await stack.stop(); lap("close");
});
