import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

const vitest = "node_modules/vitest/vitest.mjs";

/**
 * The fast half: types, lint, import rule, unused code, unit tests. `--no-tests` leaves the tests to whoever runs all of
 * them anyway. Returns the exit code.
 */
export function runCheck(root, args) {
  const folders = ["app", "components", "emails", "jobs", "lib", "drizzle", "test"];
  const steps = [
    ["types of the routes", ["node_modules/next/dist/bin/next", "typegen"]],
    ["types", ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "."]],
    ["format and lint", ["node_modules/@biomejs/biome/bin/biome", "check"]],
    [
      "import rule",
      [
        "lib/runtime/import-rule.mjs",
        ...["--config", ".dependency-cruiser.cjs", "--output-type", "err-long"],
        ...folders.filter((folder) => existsSync(path.join(root, folder))),
      ],
    ],
    ["unused code", ["node_modules/knip/bin/knip.js"]],
    ...(args.includes("--no-tests") ? [] : [["unit tests", [vitest, "run", "--project", "unit"]]]),
  ];
  const failed = [];
  for (const [name, args] of steps) {
    const began = Date.now();
    const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    const time = `${((Date.now() - began) / 1000).toFixed(1)} s`;
    if (result.status === 0) {
      process.stdout.write(`ok      ${name} (${time})\n`);
    } else {
      failed.push(name);
      process.stdout.write(`FAILED  ${name} (${time})\n${result.stdout}${result.stderr}\n`);
    }
  }
  process.stdout.write(
    failed.length === 0
      ? "check: everything is in order\n"
      : `check: ${failed.join(", ")} failed\n`,
  );
  return failed.length === 0 ? 0 : 1;
}

/**
 * Every test there is; `args` go to vitest. Ends with the line `N passed, N failed`. Returns the exit code: not 0 when a
 * test failed or none ran. A signal ends the tests as well, with the PostgreSQL they started.
 */
export async function runTests(root, args) {
  const report = path.join(root, "test", "output", "results.json");
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const tests = spawn(
    process.execPath,
    [
      vitest,
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...args,
    ],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => tests.kill(signal));
  const [status] = await once(tests, "exit");
  const counts = countTests(report);
  // An error outside of any test, as in a set-up, has no count of its own.
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

function countTests(report) {
  try {
    const results = JSON.parse(readFileSync(report, "utf8"));
    const broken = results.testResults.filter(
      (file) =>
        file.status === "failed" && !file.assertionResults.some((t) => t.status === "failed"),
    );
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + broken.length,
      skipped: results.numPendingTests + results.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
