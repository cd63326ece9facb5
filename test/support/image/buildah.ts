import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Why images cannot be built on this machine; null where they can. */
export function whyNoImages(): string | null {
  if (process.platform !== "linux") return "only on Linux";
  if (process.getuid?.() !== 0) return "only as root";
  const missing = ["buildah", "mmdebstrap", "unshare", "nsenter"].filter(
    (program) => !isThere(program),
  );
  return missing.length > 0 ? `${missing.join(", ")} missing` : null;
}

function isThere(program: string): boolean {
  return (process.env.PATH ?? "")
    .split(":")
    .some((folder) => existsSync(path.join(folder, program)));
}

/** What an image says about how to run it. */
export interface ImageConfig {
  Env: string[];
  Entrypoint: string[];
  Cmd: string[];
  User?: string;
  WorkingDir: string;
  ExposedPorts?: Record<string, unknown>;
  Volumes?: Record<string, unknown>;
  Labels?: Record<string, string>;
  Healthcheck?: { Test: string[] };
}

/** Builds images without an engine, in a store of its own that `remove` takes away. */
export class Buildah {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-image-"));

  /** Runs `buildah …` and gives what it printed; throws with its last words. */
  async run(...args: string[]): Promise<string> {
    const place = [
      "--root",
      path.join(this.folder, "store"),
      "--runroot",
      path.join(this.folder, "run"),
    ];
    return runProgram("buildah", ["--storage-driver", "vfs", ...place, ...args]);
  }

  /** Makes an image of what `fill` puts into an empty folder. */
  async make(name: string, from: string, fill: (folder: string) => Promise<void>): Promise<void> {
    const container = (await this.run("from", "--pull-never", from)).trim();
    await fill((await this.run("mount", container)).trim());
    await this.run("commit", "--quiet", "--rm", container, name);
  }

  /** The files of an image in a folder that may be changed, and its configuration. */
  async unpack(name: string): Promise<{ files: string; config: ImageConfig }> {
    const container = (await this.run("from", "--pull-never", name)).trim();
    const files = (await this.run("mount", container)).trim();
    const { Docker } = JSON.parse(await this.run("inspect", "--type", "image", name));
    return { files, config: Docker.config };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Runs a program to its end and gives its output; throws with its last words. */
export async function runProgram(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<string> {
  try {
    const { stdout } = await run(program, args, {
      env: { ...process.env, BUILDAH_ISOLATION: "chroot", ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const words = `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n");
    throw new Error(`${program} ${args.slice(0, 8).join(" ")} failed:\n${words}`);
  }
}
