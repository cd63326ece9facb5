import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { clientSettings, makeBaseImages } from "./base-images";
import { Buildah, type ImageConfig } from "./buildah";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface BuiltImage {
  files: string;
  config: ImageConfig;
  remove: () => void;
}

/** Builds the real Dockerfile over bases made here, and unpacks the result. Takes one to two minutes. */
export async function buildImage(): Promise<BuiltImage> {
  const buildah = new Buildah();
  try {
    await makeBaseImages(buildah);
    const settings = await clientSettings();
    await buildah.run(
      ...["build", "--quiet", "--pull-never", "--format", "docker", ...settings],
      ...["--build-arg", `VERSION=${packageVersion()}`, "--tag", "bingealert", root],
    );
    return { ...(await buildah.unpack("bingealert")), remove: () => buildah.remove() };
  } catch (error) {
    buildah.remove();
    throw error;
  }
}

function packageVersion(): string {
  return JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).version;
}
