import type { MediaStack } from "@/test/support/upstreams/media-stack";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";
import type { BenchProduct } from "./product";
import { figure, heading } from "./report";

const people = 20;
/** Of so many requests one is for a show. */
const showEvery = 10;

/** A check of everything that is asked for, at two sizes: what it costs, and what it asks of the services. */
export async function benchReconcile(product: BenchProduct, stack: MediaStack): Promise<void> {
  heading("Reconciliation against five instances (calls of a check that finds nothing new)");
  const users = Array.from({ length: people }, (_, n) =>
    stack.seerr.addUser({ displayName: `Person ${n}`, email: `person${n}@example.net` }),
  );
  let asked = 0;
  for (const size of [1_000, 10_000]) {
    await askFor(stack, users, size - asked);
    asked = size;
    // The first check learns of them; everything it queues is worked off before the one that counts.
    await check(product);
    await atRest(product);
    for (const service of stack.services) service.forgetRequests();
    const before = product.memory().worker ?? 0;
    const tookMs = await check(product);
    const calls = stack.services
      .filter((service) => service.requests.length > 0)
      .map((service) => `${service.name} ${service.requests.length}`);
    figure(
      `${size} requests`,
      `${(tookMs / 1000).toFixed(1)} s; worker ${before} → ${product.memory().worker ?? 0} MB; ${calls.join(", ")}`,
    );
  }
}

async function askFor(stack: MediaStack, users: readonly SeerrUser[], count: number) {
  for (let n = 0; n < count; n++) {
    const user = users[n % users.length];
    if (!user) throw new Error("There is nobody to ask");
    const name = `Title ${n} of ${count}`;
    const title =
      n % showEvery === 0
        ? stack.world.addShow({ title: name, seasons: { 1: 2 } })
        : stack.world.addMovie({ title: name });
    await stack.seerr.request({ user, title, autoApprove: true, silent: true });
  }
}

/** Runs one check from beginning to end; milliseconds. */
async function check({ sql }: BenchProduct): Promise<number> {
  const [last] = await sql<{ id: number }[]>`
    select coalesce(max(id), 0)::int as id from job_runs where name = 'reconcile'`;
  await sql`select graphile_worker.add_job('run_worker',
    json_build_object('name', 'reconcile', 'trigger', 'admin'), job_key => 'run_worker:reconcile', queue_name => 'runs')`;
  for (;;) {
    const [run] = await sql<{ ms: number; outcome: string; error: string | null }[]>`
      select (extract(epoch from finished_at - started_at) * 1000)::int as ms, outcome, error from job_runs
      where name = 'reconcile' and id > ${last?.id ?? 0} and finished_at is not null order by id desc limit 1`;
    if (run && run.outcome !== "ok") throw new Error(`The check failed: ${run.error}`);
    if (run) return run.ms;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function atRest({ sql }: BenchProduct): Promise<void> {
  for (;;) {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts`;
    if (!row || row.n === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
