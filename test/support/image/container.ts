import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ImageConfig } from "./buildah";

export interface ContainerOptions {
  /** The unpacked image. */
  files: string;
  config: ImageConfig;
  /** The folder on this machine that is mounted as /config. */
  volume: string;
  env: Record<string, string>;
  /** As `docker run --user` would say it; without, the image's own (root, which the image gives up itself). */
  user?: { uid: number; gid: number };
  /** Nothing but /config can be written to. */
  readOnly?: boolean;
}

/** $1 the files, $2 the volume, $3 `ro` or `rw`, $4 user:group, then the program: it becomes process 1. */
const enter = `
set -e
mount --make-rprivate /
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
mount --bind "$2" "$1/config"
[ "$3" = rw ] || mount -o remount,bind,ro "$1"
files=$1 user=$4
shift 4
exec chroot --userspec="$user" --groups= "$files" "$@"
`;

/**
 * A container as an engine would run it, with namespaces for processes and mounts: the image's entry point is process 1,
 * gets the image's environment and nothing of ours. The network is this machine's.
 */
export class Container {
  private output = "";
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;
  private over = false;

  constructor(private readonly options: ContainerOptions) {
    const { files, volume, readOnly, config } = options;
    this.child = spawn(
      "unshare",
      [
        ...["--fork", "--pid", "--mount", "--kill-child", "sh", "-c", enter, "enter"],
        ...[files, volume, readOnly ? "ro" : "rw", this.userspec],
        ...this.inEnvironment([...config.Entrypoint, ...config.Cmd]),
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
    this.ended = new Promise((resolve) => this.child.once("exit", resolve));
    void this.ended.then(() => {
      this.over = true;
    });
  }

  /** Everything it wrote. */
  get log(): string {
    return this.output;
  }

  /** Resolves to the exit code when it has ended by itself. */
  end(): Promise<number | null> {
    return this.ended;
  }

  /** SIGTERM to process 1, as `docker stop`. */
  async stop(): Promise<{ code: number | null; afterMs: number }> {
    const began = Date.now();
    const first = this.firstProcess();
    if (first !== undefined) process.kill(first, "SIGTERM");
    const code = await this.ended;
    return { code, afterMs: Date.now() - began };
  }

  /** For tests that end early: nothing of it may stay. */
  async kill(): Promise<void> {
    const first = this.over ? undefined : this.firstProcess();
    // The kernel takes all others of its namespace along; it does not do so for a parent's sake once users changed.
    if (first !== undefined) process.kill(first, "SIGKILL");
    else if (!this.over) this.child.kill("SIGKILL");
    await this.ended;
  }

  /** Runs a program inside, as `docker exec -i`. */
  async exec(args: string[], typed = ""): Promise<{ code: number | null; output: string }> {
    const first = this.firstProcess();
    if (first === undefined) throw new Error(`The container does not run:\n${this.output}`);
    const child = spawn("nsenter", [
      ...["--target", String(first), "--pid", "--mount", "--root", "--wd"],
      ...["chroot", `--userspec=${this.userspec}`, "--groups=", "/", ...this.inEnvironment(args)],
    ]);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.stdin.on("error", () => {});
    child.stdin.end(typed);
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, output };
  }

  /** Asks the image's own health check until it is content. */
  async untilHealthy(patienceMs = 60_000): Promise<void> {
    const [kind, ...check] = this.options.config.Healthcheck?.Test ?? [];
    if (kind !== "CMD") throw new Error("The image has no health check of its own.");
    const deadline = Date.now() + patienceMs;
    let last = "";
    while (Date.now() < deadline) {
      if (this.over) throw new Error(`The container ended:\n${this.output}`);
      if (this.firstProcess() !== undefined) {
        const { code, output } = await this.exec(check);
        if (code === 0) return;
        last = output;
      }
      await sleep(100);
    }
    throw new Error(`Not healthy after ${patienceMs} ms (${last}):\n${this.output}`);
  }

  /** The processes in it, from process 1 on: their users, how they call themselves, their share of memory. */
  processes(): { uid: number; command: string; shareMb: number }[] {
    const found: ReturnType<Container["processes"]> = [];
    const first = this.firstProcess();
    const waiting = first === undefined ? [] : [first];
    for (let pid = waiting.shift(); pid !== undefined; pid = waiting.shift()) {
      try {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        const memory = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
        found.push({
          uid: Number(/^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1]),
          command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim(),
          // Each shared page counted once for all who share it.
          shareMb: Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1] ?? 0) / 1024,
        });
        const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
        if (children) waiting.push(...children.split(/\s+/).map(Number));
      } catch {
        // It ended meanwhile.
      }
    }
    return found;
  }

  private get userspec(): string {
    const { user } = this.options;
    return user ? `${user.uid}:${user.gid}` : "0:0";
  }

  private inEnvironment(args: string[]): string[] {
    const { config, env } = this.options;
    const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const folder = `--chdir=${config.WorkingDir}`;
    return ["/usr/bin/env", "-i", folder, ...config.Env, ...given, ...args];
  }

  /** unshare waits for its only child, which is process 1 of the container. */
  private firstProcess(): number | undefined {
    const { pid } = this.child;
    if (this.over || pid === undefined) return undefined;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return children ? Number(children.split(/\s+/)[0]) : undefined;
  }
}
