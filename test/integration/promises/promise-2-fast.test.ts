import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, openStage, type Stage } from "@/test/integration/scenarios/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

test("promise 2, fast to acknowledge: a webhook makes no outbound call, and none that is slow or gone delays it", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const show = stack.world.addShow({ title: "Saltwater", seasons: { 1: 10 } });
  const movie = stack.world.addMovie({ title: "Low Tide" });
  const senders = [stack.seerr.webhook, stack.sonarr.webhooks, stack.radarr.webhooks];
  const sent = () => senders.flatMap((sender) => sender.deliveries);
  for (const service of stack.services) service.forgetRequests();
  const connections = stack.mailbox.connections;

  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await stack.sonarr.grab(show, 1, "all");
  await stack.sonarr.import(show, 1, "all");
  await stack.radarr.import(movie);
  const asked = stack.services.flatMap((service) => service.requests.map((r) => r.path));
  expect(asked).toEqual([]);
  expect(stack.mailbox.connections).toBe(connections);

  for (const service of stack.services) await service.down();
  await stack.mailbox.down();
  await stack.sonarr.import(show, 1, [1, 2], { upgrade: true });
  await stack.radarr.rename(movie);
  const deliveries = sent();
  expect(deliveries.length).toBeGreaterThan(15);
  for (const { outcome } of deliveries)
    expect(outcome).toMatchObject({ kind: "answered", status: 200 });
  // Generous for a busy machine, and still far below what a sender or a first retry would wait.
  const times = deliveries.map((d) => (d.outcome.kind === "answered" ? d.outcome.ms : 0));
  expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(500);

  for (const service of stack.services) await service.up();
  await stack.mailbox.up();
  await household.settle();
  const [row] = await household.ctx.database.raw<{ left: number }[]>`
    select count(*)::int as left from inbound_events where outcome = 'pending'`;
  expect(row?.left).toBe(0);
});
