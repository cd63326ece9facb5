import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Makes sure that dist/ and .next are those of the present sources. */
export default function setup(): void {
  const bootstrap = fileURLToPath(new URL("../../lib/runtime/bootstrap.mjs", import.meta.url));
  execFileSync(process.execPath, [bootstrap, "build"], { stdio: "inherit" });
}
