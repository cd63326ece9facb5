import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { placeOf } from "@/lib/base-path";
import { basePathMark } from "./base-path-mark.mjs";

/**
 * The folder from which Next serves the pages. Below a path that is a copy in the config folder, made once per build and
 * path, with the path in place of the mark it was built with. Throws what the file system throws.
 */
export function pagesFolder(root: string, configDir: string, basePath: string): string {
  if (basePath === "") return path.join(root, ".next", "standalone");
  const built = path.join(root, ".next-below", "standalone");
  if (!existsSync(built)) return built;
  const build = readFileSync(path.join(built, ".next-below", "BUILD_ID"), "utf8").trim();
  const all = path.join(configDir, "pages");
  const folder = path.join(all, `${build}${basePath.replaceAll("/", "+")}`);
  // Asked of its packages: the link to them leads nowhere once the program has moved.
  if (existsSync(path.join(folder, "node_modules"))) return folder;
  rmSync(all, { recursive: true, force: true });
  const unfinished = path.join(all, `unfinished-${process.pid}`);
  try {
    mkdirSync(unfinished, { recursive: true });
    for (const name of [".next-below", "public", "server.js", "package.json"]) {
      copyWithPath(path.join(built, name), path.join(unfinished, name), basePath);
    }
    symlinkSync(path.join(built, "node_modules"), path.join(unfinished, "node_modules"));
    renameSync(unfinished, folder);
    return folder;
  } catch (error) {
    // On a full disk it would hold what the database needs.
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** Onto the disk at once: a copy that a power failure left half written would be served for ever. */
function copyWithPath(from: string, to: string, basePath: string): void {
  const kind = lstatSync(from);
  if (kind.isDirectory()) {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) {
      copyWithPath(path.join(from, name), path.join(to, name), basePath);
    }
  } else if (kind.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else writeFileSync(to, withPath(readFileSync(from), basePath), { flush: true });
}

function withPath(content: Buffer, basePath: string): Buffer | string {
  if (!content.includes(basePathMark)) return content;
  return content.toString("utf8").replaceAll(basePathMark, basePath);
}

/**
 * What Next is to be asked for, whether the browser's address came with the path or without: some proxies take it off,
 * and senders of webhooks may know the address of the time before there was one.
 */
export function addressBelow(address: string, basePath: string): string {
  const place = placeOf(address, basePath);
  if (basePath === "" || !place.startsWith("/")) return address;
  return `${basePath}${place.replace(/^\/(?=\?|$)/, "")}`;
}
