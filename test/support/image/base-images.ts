import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { type Buildah, runProgram } from "./buildah";

/** The Node.js that stands in for the one of the image node:24; npm is the one it comes with. */
const nodeVersion = "24.22.3";
const npmVersion = "11.19.1";

/**
 * Makes the images that the Dockerfile names in its FROM lines from Debian's packages and npm's, for no registry of
 * images can be reached here. They are put together the same way: Node.js and npm in /usr/local.
 */
export async function makeBaseImages(buildah: Buildah): Promise<void> {
  await buildah.make("docker.io/library/debian:bookworm-slim", "scratch", (folder) =>
    runProgram("mmdebstrap", [
      "--mode=root",
      "--variant=apt",
      "--quiet",
      // As the slim images do.
      ...["doc", "man", "locale", "info", "lintian"].map(
        (name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`,
      ),
      "--skip=check/empty",
      "bookworm",
      folder,
      ...hostSources(),
    ]).then(() => {}),
  );
  await buildah.make(
    "docker.io/library/node:24-bookworm-slim",
    "docker.io/library/debian:bookworm-slim",
    async (folder) => {
      const arch = process.arch;
      const packages = path.join(buildah.folder, "packages");
      mkdirSync(packages);
      await runProgram("npm", [
        ...[
          "install",
          "--silent",
          "--no-audit",
          "--no-fund",
          "--ignore-scripts",
          "--prefix",
          packages,
        ],
        ...[`node-linux-${arch}@${nodeVersion}`, `npm@${npmVersion}`],
      ]);
      const modules = path.join(packages, "node_modules");
      const local = path.join(folder, "usr/local");
      cpSync(path.join(modules, `node-linux-${arch}/bin/node`), path.join(local, "bin/node"));
      chmodSync(path.join(local, "bin/node"), 0o755);
      cpSync(path.join(modules, "npm"), path.join(local, "lib/node_modules/npm"), {
        recursive: true,
      });
      symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", path.join(local, "bin/npm"));
    },
  );
}

/** Whether this machine is the Debian that the image is made of: then its sources of packages are good for it. */
function isSameDebian(): boolean {
  return readFileSync("/etc/os-release", "utf8").includes("VERSION_CODENAME=bookworm");
}

function hostSources(): string[] {
  if (!isSameDebian()) return [];
  return ["/etc/apt/sources.list", "/etc/apt/sources.list.d/debian.sources"].filter(existsSync);
}

/**
 * How the package clients of this machine reach their registries, as mounts for the time of the build alone: nothing of
 * it gets into a layer.
 */
export async function clientSettings(): Promise<string[]> {
  const ask = async (name: string) => (await runProgram("npm", ["config", "get", name])).trim();
  const [user, global, authorities] = await Promise.all([
    ask("userconfig"),
    ask("globalconfig"),
    ask("cafile"),
  ]);
  const mounts: [from: string, to: string][] = [
    [user, "/root/.npmrc"],
    [global, "/usr/local/etc/npmrc"],
    [authorities, authorities],
    ["/etc/ssl/certs", "/etc/ssl/certs"],
  ];
  if (isSameDebian()) {
    mounts.push(["/etc/apt", "/etc/apt"], ["/usr/share/keyrings", "/usr/share/keyrings"]);
  }
  return mounts
    .filter(([from]) => path.isAbsolute(from) && existsSync(from))
    .flatMap(([from, to]) => ["--volume", `${from}:${to}:ro`]);
}
