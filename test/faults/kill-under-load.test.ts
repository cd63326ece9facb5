import { expect, test } from "vitest";
import { audit } from "@/test/support/fault-run/audit";
import { Life } from "@/test/support/fault-run/life";
import { wreakHavoc } from "@/test/support/fault-run/mayhem";
import { Product } from "@/test/support/fault-run/product";
import { createRandom } from "@/test/support/fault-run/random";
import { reconcileOnce, settle, waitForFirstSync } from "@/test/support/fault-run/settle";
import { startMediaStack } from "@/test/support/upstreams/media-stack";

/** Repeat a run with FAULT_SEED=…, make it longer with FAULT_SECONDS=…. */
const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 1_000_000));
const seconds = Number(process.env.FAULT_SECONDS ?? 20);
const settlePatienceMs = 90_000;

const shortDelays = {
  NOTIFICATION_INITIAL_DELAY_SECONDS: "0",
  NOTIFICATION_EXTENSION_DELAY_SECONDS: "1",
  NOTIFICATION_MAX_WAIT_SECONDS: "2",
  NOTIFICATION_CHECK_FREQUENCY_SECONDS: "1",
  MOVIE_FIRST_CHECK_SECONDS: "0",
  // Its mails wait for minutes so that a grab can cancel them: here every mail is one that has to arrive.
  QUALITY_MONITOR_ENABLED: "false",
  // What many kills at once leave to make up for is no blast.
  RECONCILIATION_HOLD_ABOVE: "10000",
};

test(`kill -9 of anything at random instants: nothing acknowledged is lost, nothing is told twice (seed ${seed})`, {
  timeout: 6 * seconds * 1000 + 3 * settlePatienceMs,
}, async () => {
  const random = createRandom(seed);
  const stack = await startMediaStack();
  const product = await Product.start({ ...stack.env(), ...shortDelays }).catch(async (error) => {
    await stack.stop();
    throw error;
  });
  try {
    await waitForFirstSync(product);
    stack.connect(product.url);
    stack.plexFollows(400);

    const life = new Life(stack, random.fork());
    const ms = seconds * 1000;
    const mischief = await wreakHavoc(product, stack.mailbox, random.fork(), ms);
    await life.end();
    await product.healthy();
    const unfinished = await settle(product, settlePatienceMs);
    const reconciled = await reconcileOnce(product, 30_000);
    expect(await settle(product, settlePatienceMs)).toBeNull();
    const { problems, counts } = await audit(product, stack);

    console.info(JSON.stringify({ seed, seconds, ...mischief, ...counts, reconciled }));
    expect(problems).toEqual([]);
    expect(unfinished).toBeNull();
    expect((await fetch(`${product.url}/health`)).status).toBe(200);
    expect(counts.mails).toBeGreaterThan(0);
  } finally {
    await product.end();
    await stack.stop();
  }
});
