import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const alias = {
  // Throws outside Next; what it guards against is checked by the import rule.
  "server-only": file("./test/support/empty.ts"),
  "@": file("."),
};

const everywhere = {
  environment: "node" as const,
  // Generous: a busy machine is slow, and a test that is merely slow has not failed.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 15_000 } },
  // Not UTC, and not a whole hour from it: a forgotten time zone shows.
  env: { TZ: "Asia/Kathmandu", LOG_LEVEL: "silent" },
  setupFiles: [file("./test/support/fail-on-console.ts")],
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
};

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...everywhere,
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}"],
          // They compute and keep nothing: half their time would go into loading the same files for each.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          ...everywhere,
          name: "integration",
          include: ["test/integration/**/*.test.{ts,tsx}"],
          globalSetup: [file("./test/support/postgres-setup.ts")],
        },
      },
      {
        extends: true,
        test: {
          ...everywhere,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: [
            file("./test/support/build-setup.ts"),
            file("./test/support/postgres-setup.ts"),
          ],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...everywhere,
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          globalSetup: [
            file("./test/support/build-setup.ts"),
            file("./test/support/postgres-setup.ts"),
          ],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          ...everywhere,
          name: "image",
          include: ["test/image/**/*.test.ts"],
          globalSetup: [file("./test/support/postgres-setup.ts")],
          // Beside the first group: it mostly waits for packages.
        },
      },
    ],
  },
});
