import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { basePathMark } from "./base-path-mark.mjs";
import { PreparationError } from "./install.mjs";

const pageSources = [
  ...["app", "components", "lib", "emails", "drizzle/schema", "public"],
  ...["instrumentation.ts", "proxy.ts", "next.config.ts", "tailwind.config.ts"],
  ...["postcss.config.mjs", "package-lock.json", "tsconfig.json"],
];

/** What each product is made of, a change there makes it stale; where it is, and the file by which it is known. */
const products = {
  bundles: {
    words: "the programs",
    sources: ["lib", "jobs", "emails", "drizzle/schema", "package-lock.json", "tsconfig.json"],
    made: "dist/start.mjs",
    build: buildBundles,
  },
  web: {
    words: "the pages",
    sources: pageSources,
    made: ".next/standalone/server.js",
    build: (root) => buildPages(root, ".next", ""),
  },
  "web-below": {
    words: "the pages to be served below a path",
    sources: pageSources,
    made: ".next-below/standalone/server.js",
    build: (root) => buildPages(root, ".next-below", basePathMark),
  },
};

const entries = {
  start: "lib/runtime/start.ts",
  web: "lib/runtime/web.ts",
  "dev-stamp": "lib/runtime/dev-stamp.ts",
  worker: "jobs/worker.ts",
  admin: "lib/runtime/admin.ts",
  backup: "lib/runtime/backup.ts",
  health: "lib/runtime/health.ts",
  "import-python": "lib/runtime/import-python.ts",
};

/** Files that a bundle reads while it runs. */
const companions = { "sql-wasm.wasm": "node_modules/sql.js/dist/sql-wasm.wasm" };

/**
 * Builds of `names` what changed since it was last built: `bundles` (dist/ with supervisor, web entry and worker), `web`
 * (.next with the pages) and `web-below` (.next-below with the pages to be served below a path). Two builds at once wait
 * for each other.
 */
export async function buildWhatChanged(root, names) {
  const wanted = () => staleProducts(root, names);
  if (wanted().length === 0) return;
  const release = await lock(path.join(root, "dist", "build.lock"));
  try {
    for (const product of wanted()) {
      const began = Date.now();
      const { words, sources, build } = products[product];
      const fingerprint = fingerprintOf(root, sources);
      record(root, product, null);
      process.stderr.write(`Building ${words} …`);
      await build(root);
      record(root, product, fingerprint);
      process.stderr.write(` ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
    }
  } finally {
    release();
  }
}

function staleProducts(root, names) {
  const built = readRecord(root);
  return names.filter((name) => {
    const { made, sources } = products[name];
    if (!existsSync(path.join(root, made))) return true;
    return built[name] !== fingerprintOf(root, sources);
  });
}

function fingerprintOf(root, names) {
  const hash = createHash("sha256");
  for (const name of names) addToHash(hash, root, name);
  return hash.digest("hex");
}

function addToHash(hash, root, name) {
  let children;
  try {
    children = readdirSync(path.join(root, name), { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOENT") return;
    if (error.code !== "ENOTDIR") throw error;
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(root, name)))
      .update("\0");
    return;
  }
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const child of children) addToHash(hash, root, `${name}/${child.name}`);
}

function readRecord(root) {
  try {
    return JSON.parse(readFileSync(path.join(root, "dist", "build.json"), "utf8"));
  } catch {
    return {};
  }
}

function record(root, product, fingerprint) {
  const file = path.join(root, "dist", "build.json");
  const text = JSON.stringify({ ...readRecord(root), [product]: fingerprint });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

async function lock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    let holder;
    try {
      holder = Number(readFileSync(file, "utf8"));
      process.kill(holder, 0);
    } catch (error) {
      // The builder was killed; a file that is still empty is a builder just beginning.
      if (error.code === "ESRCH") rmSync(file, { force: true });
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function buildBundles(root) {
  const { build, stop } = await import("esbuild");
  const present = Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file)));
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present),
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    sourcesContent: false,
    // sql.js looks at its own folder, which an ES module knows under another name.
    define: { "process.env.NODE_ENV": '"production"', __dirname: "import.meta.dirname" },
    // Guards against browsers, where none of this goes.
    alias: { "server-only": "next/dist/compiled/server-only/empty.js" },
    // Optional native halves of pg, tried with require and not needed.
    external: ["pg-native"],
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    logLevel: "error",
  }).catch(() => {
    throw new PreparationError("The programs could not be built; the reason is above.");
  });
  for (const [name, file] of Object.entries(companions)) {
    cpSync(path.join(root, file), path.join(root, "dist", name));
  }
  // Its service process would live on, with 90 MB, as long as the application.
  await stop();
}

async function buildPages(root, folder, basePath) {
  const forTypes = path.join(root, "next-env.d.ts");
  const kept = basePath !== "" && existsSync(forTypes) ? readFileSync(forTypes) : null;
  const code = await run(root, ["node_modules/next/dist/bin/next", "build"], basePath);
  if (code !== 0) throw new PreparationError("The pages could not be built; the reason is above.");
  if (basePath !== "") {
    // The types are the same as those of the other pages: a check of them would find everything twice.
    rmSync(path.join(root, folder, "types"), { recursive: true, force: true });
    if (kept) writeFileSync(forTypes, kept);
  }
  const standalone = path.join(root, folder, "standalone");
  cpSync(path.join(root, folder, "static"), path.join(standalone, folder, "static"), {
    recursive: true,
  });
  if (existsSync(path.join(root, "public"))) {
    cpSync(path.join(root, "public"), path.join(standalone, "public"), { recursive: true });
  }
}

/** Shows the output only when the program fails. */
function run(root, args, basePath) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        BASE_PATH: basePath,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      if (code !== 0) process.stderr.write(`\n${output}\n`);
      resolve(code);
    });
  });
}
