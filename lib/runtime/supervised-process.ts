import { type ChildProcess, fork } from "node:child_process";
import { log } from "@/lib/log";

export interface ProcessPlan {
  /** As it appears in the log: `web`, `worker`. */
  name: string;
  /** The script to run, its arguments, and those of Node itself. */
  file: string;
  args: string[];
  execArgv: string[];
  env: NodeJS.ProcessEnv;
  onMessage?: (message: unknown) => void;
}

export interface SupervisedProcess {
  /** Asks it to end, insists after `patienceMs`, resolves when it is gone. */
  stop: (patienceMs: number) => Promise<void>;
  /** Asks it to end like {@link stop}, and starts it anew. One that is between two starts is left alone. */
  restart: (patienceMs: number) => Promise<void>;
  pid: () => number | undefined;
}

const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** After this long, a process counts as healthy and its next death as the first. */
const healthyAfterMs = 30_000;

/** Keeps one child process running: a dead one is started again, with growing pauses. */
export function supervise(plan: ProcessPlan): SupervisedProcess {
  let child: ChildProcess | undefined;
  let stopping = false;
  let restarting = false;
  let delayMs = firstDelayMs;
  let timer: NodeJS.Timeout | undefined;

  const start = () => {
    const startedAt = Date.now();
    child = fork(plan.file, plan.args, {
      env: plan.env,
      execArgv: plan.execArgv,
      // A group of its own, so that Ctrl+C in a terminal reaches only us and the order is kept.
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    log.info(`${plan.name} started`, { pid: child.pid });
    if (plan.onMessage) child.on("message", plan.onMessage);
    let over = false;
    const ended = (how: string) => {
      if (over) return;
      over = true;
      child = undefined;
      if (stopping) return;
      if (restarting) {
        restarting = false;
        delayMs = firstDelayMs;
        start();
        return;
      }
      if (Date.now() - startedAt > healthyAfterMs) delayMs = firstDelayMs;
      log.warn(`${plan.name} ended unexpectedly and is started again`, { how, delayMs });
      timer = setTimeout(start, delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    };
    child.once("error", (error) => ended(error.message));
    child.once("exit", (code, signal) => ended(signal ?? `exit code ${code}`));
  };
  start();

  const end = async (current: ChildProcess, patienceMs: number) => {
    const gone = new Promise<void>((resolve) => current.once("exit", () => resolve()));
    current.kill("SIGTERM");
    const insist = setTimeout(() => {
      log.warn(`${plan.name} did not end in time and is killed`, { patienceMs });
      current.kill("SIGKILL");
    }, patienceMs);
    await gone;
    clearTimeout(insist);
  };
  return {
    pid: () => child?.pid,
    stop: async (patienceMs) => {
      stopping = true;
      clearTimeout(timer);
      if (child) await end(child, patienceMs);
    },
    restart: async (patienceMs) => {
      if (!child || stopping || restarting) return;
      restarting = true;
      await end(child, patienceMs);
    },
  };
}
