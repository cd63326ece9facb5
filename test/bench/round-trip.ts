import type { MediaStack } from "@/test/support/upstreams/media-stack";
import type { BenchProduct } from "./product";
import { figure, heading, median, percentiles } from "./report";

/** From the import webhook to the mail in the mailbox, with all delays at zero. */
export async function benchRoundTrip(product: BenchProduct, stack: MediaStack): Promise<void> {
  heading("From import webhook to mail, all delays at zero");
  const { seerr, sonarr, plex, world, mailbox } = stack;
  const user = seerr.addUser({ displayName: "Anna Lindqvist", email: "anna@example.net" });
  const took: number[] = [];
  for (let round = 1; round <= 20; round++) {
    const show = world.addShow({ title: `Round ${round}`, seasons: { 1: 1 } });
    sonarr.addSeries(show);
    await seerr.request({ user, title: show, seasons: [1], autoApprove: true });
    await settled(product);
    const already = mailbox.messages.length;
    const began = performance.now();
    plex.show(await sonarr.import(show, 1, 1));
    while (mailbox.messages.length === already) {
      if (performance.now() - began > 20_000) throw new Error("No mail came within 20 s");
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    took.push(performance.now() - began);
  }
  figure("20 rounds", `median ${median(took).toFixed(0)} ms  ${percentiles(took)}`);
}

async function settled(product: BenchProduct): Promise<void> {
  for (;;) {
    const [row] = await product.sql<{ n: number }[]>`
      select count(*)::int as n from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts`;
    if (!row || row.n === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
