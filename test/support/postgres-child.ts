import { startPostgres } from "@/lib/runtime/embedded-postgres";

// Run as a process of its own, so that a test can kill it or run it as another user.
const [dataFolder = "", text = "{}"] = process.argv.slice(2);
try {
  const server = await startPostgres({ dataFolder, durable: false, ...JSON.parse(text) });
  process.stdout.write(`${JSON.stringify({ url: server.url, pid: server.pid })}\n`);
  process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
