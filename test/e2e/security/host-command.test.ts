import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres } from "../../../lib/runtime/embedded-postgres";
import { temporaryConfigFolder } from "../../support/running-app";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let config: ReturnType<typeof temporaryConfigFolder>;

beforeAll(() => {
  config = temporaryConfigFolder();
});
afterAll(() => config.remove());

type Ended = { code: number | null; output: string };

/** `npm run admin -- …`, with what is typed. */
const admin = (args: string[], typed = "") => command("admin", args, typed);

function command(name: string, args: string[], typed = ""): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(root, "dist", `${name}.mjs`), ...args], {
    cwd: root,
    env: { NODE_ENV: "production", PATH: process.env.PATH, CONFIG_DIR: config.folder },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  child.stdin.on("error", () => {});
  child.stdin.end(typed);
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

test("accounts are made, listed and given another password, whether BingeAlert runs or not", async () => {
  expect(await admin(["list"])).toEqual({ code: 0, output: "There is no account yet.\n" });
  expect(await admin(["create", "marta"], "too short\n")).toMatchObject({
    code: 1,
    output: "The password needs at least 10 characters.\n",
  });
  expect(await admin(["create", "marta"], "long enough 1\n")).toMatchObject({ code: 0 });
  expect(await admin(["create", "MARTA"], "long enough 1\n")).toMatchObject({ code: 1 });

  const running = await startPostgres({ dataFolder: path.join(config.folder, "postgres") });
  try {
    expect((await admin(["list"])).output).toMatch(/^marta, password of \d{4}-\d\d-\d\d\n$/);
    expect(await admin(["reset-password"], "another long one\n")).toMatchObject({
      code: 0,
      output: "The password of marta was changed, and all its sessions were ended.\n",
    });
    expect(await admin(["reset-password", "otto"], "another long one\n")).toMatchObject({
      code: 1,
      output: "There is no account named otto.\n",
    });
  } finally {
    await running.stop();
  }
});

test("a password on the command line, where everybody can read it, is refused", async () => {
  expect(await admin(["reset-password", "marta", "long enough 1"])).toEqual({
    code: 1,
    output: "A password is never given on the command line.\n",
  });
  expect((await admin(["unknown"])).code).toBe(1);
});

test("the history of the earlier system is read by the built program, in words when it cannot be", async () => {
  const killed = path.join(root, "test", "fixtures", "earlier", "killed.db");
  // That far it comes only when the file was read.
  expect(await command("import-python", [killed])).toEqual({
    code: 1,
    output: "Seerr is not connected: set JELLYSEERR_URL and JELLYSEERR_API_KEY.\n",
  });
  expect(await command("import-python", [`${killed}-wal`])).toEqual({
    code: 1,
    output: `${killed}-wal is no SQLite database.\n`,
  });
  expect((await command("import-python", [])).output).toContain("--yes");
});
