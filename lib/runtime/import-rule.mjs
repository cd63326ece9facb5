// Runs dependency-cruiser. It reads TypeScript through the compiler's JavaScript interface, which
// TypeScript 7 no longer has (it would silently look at no .ts file at all): for it alone, the
// name "typescript" means the package typescript-api, an older compiler.
import Module, { register } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const isAsker = "/dependency-cruiser/";
const older = (name) => name.replace(/^typescript(?=\/|$)/, "typescript-api");

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const asked = parent?.filename?.includes(isAsker) ? older(request) : request;
  return resolveFilename.call(this, asked, parent, ...rest);
};
register(
  `data:text/javascript,${encodeURIComponent(
    `export const resolve = (name, context, next) => next(
       context.parentURL?.includes("${isAsker}") ? name.replace(/^typescript$/, "typescript-api") : name,
       context,
     );`,
  )}`,
);

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
await import(
  pathToFileURL(path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs")).href
);
