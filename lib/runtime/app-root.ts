import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json and drizzle/, from the sources as well as from dist/. */
export function findAppRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "package.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new Error("The folder of BingeAlert with its package.json was not found.");
    folder = parent;
  }
  return folder;
}
