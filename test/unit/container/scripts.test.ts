import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const hasShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;

test.skipIf(!hasShellcheck && !process.env.CI)("shellcheck finds nothing in the scripts", () => {
  const scripts = [".ci/run", "lib/runtime/container/bingealert"];
  const result = spawnSync("shellcheck", ["--severity=warning", ...scripts], {
    cwd: root,
    encoding: "utf8",
  });
  expect(`${result.error ?? ""}${result.stdout}${result.stderr}`).toBe("");
});

test("the workflow publishes both architectures with provenance, after the tests", () => {
  const { jobs } = parse(readFileSync(`${root}/.github/workflows/image.yml`, "utf8"));
  const platforms = jobs.build.strategy.matrix.include.map(({ arch }: { arch: string }) => arch);
  expect(platforms).toEqual(["amd64", "arm64"]);
  expect(jobs.build.needs).toBe("test");
  const push = jobs.build.steps.find(({ id }: { id?: string }) => id === "push");
  expect(push.with.provenance).toBe("mode=max");
  for (const step of Object.values<{ steps: { if?: string; with?: { push?: unknown } }[] }>(
    jobs,
  ).flatMap(({ steps }) => steps)) {
    if (JSON.stringify(step).includes("GITHUB_TOKEN") && !jobs.publish.steps.includes(step)) {
      expect(step.if).toBe("github.event_name == 'push'");
    }
  }
});
