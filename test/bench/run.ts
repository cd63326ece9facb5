import os from "node:os";
import { startMediaStack } from "@/test/support/upstreams/media-stack";
import { benchImage } from "./image";
import { benchMails } from "./mails";
import { benchPages } from "./pages";
import { type BenchProduct, startProduct } from "./product";
import { benchReconcile } from "./reconcile";
import { figure, heading } from "./report";
import { benchRoundTrip } from "./round-trip";
import { startHelper } from "./start-helper";
import { benchStartUp } from "./start-up";
import { benchWebhooks } from "./webhooks";

/** `npm run bench [-- webhooks mails pages start round-trip reconcile image]`: prints figures, judges nothing. */
const wanted = process.argv.slice(3);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

const noDelays = {
  NOTIFICATION_INITIAL_DELAY_SECONDS: "0",
  NOTIFICATION_EXTENSION_DELAY_SECONDS: "0",
  NOTIFICATION_MAX_WAIT_SECONDS: "0",
  NOTIFICATION_CHECK_FREQUENCY_SECONDS: "1",
  MOVIE_FIRST_CHECK_SECONDS: "0",
};

console.log(
  `Node ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${os.platform()} ${os.arch()}`,
);

if (isWanted("start")) await benchStartUp();
// Takes a minute or two and wants root: only when asked for.
if (wanted.includes("image")) await benchImage();

if (isWanted("round-trip")) {
  const stack = await startMediaStack();
  await withProduct({ ...stack.env(), ...noDelays }, async (product) => {
    stack.connect(product.app.url);
    await benchRoundTrip(product, stack);
  });
  await stack.stop();
}

if (isWanted("reconcile")) {
  const stack = await startMediaStack({
    sonarr: [{ name: "" }, { name: "anime" }, { name: "4k" }],
    radarr: [{ name: "" }, { name: "4k" }],
  });
  await withProduct({ ...stack.env(), QUALITY_MONITOR_ENABLED: "false" }, (product) =>
    benchReconcile(product, stack),
  );
  await stack.stop();
}

if (isWanted("webhooks") || isWanted("mails") || isWanted("pages")) {
  const sink = await startHelper("sink");
  const env = {
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(sink.port),
    SMTP_SECURITY: "none",
    SMTP_CONNECTIONS: "10",
    // So that the senders of webhooks count as many.
    TRUSTED_PROXIES: "127.0.0.1",
    SMTP_FROM: "BingeAlert <bingealert@example.net>",
  };
  await withProduct(env, async (product) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    printMemory("Memory idle", product);
    if (isWanted("webhooks")) await benchWebhooks(product);
    if (isWanted("mails")) await benchMails(product);
    if (isWanted("pages")) await benchPages(product);
    printMemory("Memory after load", product);
  });
  sink.stop();
}

async function withProduct(
  env: Record<string, string>,
  work: (product: BenchProduct) => Promise<void>,
): Promise<void> {
  const product = await startProduct(env);
  try {
    await work(product);
  } finally {
    await product.stop();
  }
}

function printMemory(words: string, product: BenchProduct): void {
  heading(words);
  for (const [name, mb] of Object.entries(product.memory())) figure(name, `${mb} MB`);
}
