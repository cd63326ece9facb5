// What every npm script calls. Plain JavaScript without dependencies: it runs before they exist.
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildWhatChanged } from "./build.mjs";
import { installWhatIsMissing } from "./install.mjs";
import { neededPages } from "./needed-pages.mjs";
import { runCheck, runTests } from "./verify.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

const everything = ["bundles", "web", "web-below"];

const commands = {
  build: async () => {
    await buildWhatChanged(root, everything);
  },
  start: async () => {
    await buildWhatChanged(root, ["bundles", neededPages()]);
    await runHere("dist/start.mjs");
  },
  dev: async () => {
    await buildWhatChanged(root, ["bundles"]);
    process.env.BINGEALERT_DEV = "1";
    await runHere("dist/start.mjs");
  },
  admin: async () => {
    await buildWhatChanged(root, ["bundles"]);
    await runHere("dist/admin.mjs");
  },
  backup: async () => {
    await buildWhatChanged(root, ["bundles"]);
    await runHere("dist/backup.mjs");
  },
  restore: async () => {
    await buildWhatChanged(root, ["bundles"]);
    await runHere("dist/backup.mjs");
  },
  "import-python": async () => {
    await buildWhatChanged(root, ["bundles"]);
    await runHere("dist/import-python.mjs");
  },
  demo: async () => {
    await buildWhatChanged(root, ["bundles", "web"]);
    await runSource("test/support/demo.ts");
  },
  bench: async () => {
    await buildWhatChanged(root, ["bundles", "web"]);
    await runSource("test/bench/run.ts");
  },
  screenshots: async () => {
    await buildWhatChanged(root, ["bundles", "web"]);
    await runSource("test/e2e/screenshots.ts");
  },
  check: async (args) => {
    process.exitCode = runCheck(root, args);
  },
  test: async (args) => {
    // Once and here, so that the time it takes does not count as a test's.
    await buildWhatChanged(root, everything);
    process.exitCode = await runTests(root, args);
  },
};

/** In this very process: signals reach it directly, and no extra process takes memory. */
async function runHere(file) {
  await import(pathToFileURL(path.join(root, file)).href);
}

async function runSource(file) {
  const { register } = await import("tsx/esm/api");
  register();
  await runHere(file);
}

function fail(words) {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `BingeAlert needs Node.js 20.19 or newer, and this is ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.`,
  );
}

checkNode();
const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) fail(`Usage: npm run ${Object.keys(commands).join("|")}`);
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = "1";
try {
  installWhatIsMissing(root);
  await command(args);
} catch (error) {
  if (error.name === "PreparationError") fail(error.message);
  if (error.code === "EACCES" || error.code === "EROFS") {
    fail(
      `${error.path ?? root} is not writable, and BingeAlert has to be built there first. Run the command once as the user who owns ${root}.`,
    );
  }
  if (error.code === "ENOSPC") fail(`The disk that holds ${root} is full. Free some space first.`);
  throw error;
}
