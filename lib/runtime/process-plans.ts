import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ProcessPlan } from "./supervised-process";

/** How to run the two processes beside the supervisor. */
export interface ProcessPlans {
  web: ProcessPlan;
  worker: ProcessPlan;
}

/** The bundles in dist/, with heaps that fit a small server. */
export function productionPlans(root: string, env: NodeJS.ProcessEnv): ProcessPlans {
  const bundle = (name: string, heapMb: number): ProcessPlan => ({
    name,
    file: path.join(root, "dist", `${name}.mjs`),
    args: [],
    execArgv: [`--max-old-space-size=${heapMb}`, "--max-semi-space-size=8", "--enable-source-maps"],
    env,
  });
  return { web: bundle("web", 320), worker: bundle("worker", 256) };
}

/** The sources, watched for changes. */
export function developmentPlans(
  root: string,
  hostname: string,
  port: number,
  env: NodeJS.ProcessEnv,
): ProcessPlans {
  const tool = (...parts: string[]) => path.join(root, "node_modules", ...parts);
  const stamp = pathToFileURL(path.join(root, "dist", "dev-stamp.mjs")).href;
  return {
    web: {
      name: "web",
      file: tool("next", "dist", "bin", "next"),
      args: ["dev", "--port", String(port), "--hostname", hostname],
      execArgv: [],
      env: {
        ...env,
        NODE_ENV: "development",
        NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --import=${stamp}`.trim(),
      },
    },
    worker: {
      name: "worker",
      file: tool("tsx", "dist", "cli.mjs"),
      args: ["watch", "--clear-screen=false", path.join(root, "jobs", "worker.ts")],
      execArgv: [],
      env: { ...env, NODE_ENV: "development" },
    },
  };
}
