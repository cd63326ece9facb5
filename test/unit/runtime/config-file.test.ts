import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { changeConfigEnv, parseConfigEnv, readConfigEnv, writeConfigEnv } from "@/lib/config-file";

describe("parseConfigEnv", () => {
  test.each([
    ["A=1", "1"],
    ["A = 1 ", "1"],
    ["export A=1", "1"],
    ["A=", ""],
    ["A='x # y'", "x # y"],
    ["A=x # a comment", "x"],
    ["A=x#y", "x#y"],
    ['A="x \\"y\\" \\$z"', 'x "y" $z'],
    ['A="C:\\path"', "C:\\path"],
    [
      "A=https://sonarr.example.net:443/base?x=1&y=2",
      "https://sonarr.example.net:443/base?x=1&y=2",
    ],
    ["A=first\r\nA=last\r\n", "last"],
  ])("%j", (text, value) => {
    expect(parseConfigEnv(text)).toEqual({ A: value });
  });

  test("comments and lines that are no assignment are passed over", () => {
    expect(parseConfigEnv("# A=1\n\nnonsense\n1B=2\n")).toEqual({});
  });
});

describe("changeConfigEnv", () => {
  test("keeps comments, order and other lines", () => {
    const before = "# Mail\nSMTP_HOST=a\n\n# Plex\nPLEX_TOKEN='old' # mine\nodd line\n";
    expect(changeConfigEnv(before, { PLEX_TOKEN: "new", ADMIN_EMAIL: "a b" })).toBe(
      "# Mail\nSMTP_HOST=a\n\n# Plex\nPLEX_TOKEN=new\nodd line\nADMIN_EMAIL='a b'\n",
    );
  });

  test("removing takes every line of the name", () => {
    expect(changeConfigEnv("A=1\nB=2\nA=3\n", { A: null })).toBe("B=2\n");
    expect(changeConfigEnv("A=1\n", { A: null })).toBe("");
  });

  test("the line that counts is the one changed", () => {
    expect(changeConfigEnv("A=1\nA=2\n", { A: "3" })).toBe("A=1\nA=3\n");
  });

  test.each(["a\nb", "a\rb", "a\0b"])("a value of several lines is refused: %j", (value) => {
    expect(() => changeConfigEnv("", { A: value })).toThrow("single line");
  });

  test("a name that is none is refused", () => {
    expect(() => changeConfigEnv("", { "A B": "1" })).toThrow("not a name");
  });

  test("any single line survives the round trip", () => {
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom("#", "'", '"', "\\", "$", "`", " ", "=", "a", "é", "{", "\t"),
      }),
    );
    fc.assert(
      fc.property(line, line, (text, other) => {
        const [value, second] = [text, other].map((t) => t.replace(/[\r\n\0]/g, "")) as [
          string,
          string,
        ];
        const once = changeConfigEnv("# kept\nB=1\n", { A: value, C: second });
        expect(parseConfigEnv(once)).toEqual({ A: value, B: "1", C: second });
        expect(parseConfigEnv(changeConfigEnv(once, { A: second }))).toEqual({
          A: second,
          B: "1",
          C: second,
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe("the file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-unit-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("is private, replaced in one step, and leaves nothing beside it", () => {
    expect(readConfigEnv(folder)).toEqual({});
    writeFileSync(path.join(folder, ".env"), "# mine\nA=1\n", { mode: 0o644 });
    writeConfigEnv(folder, { SMTP_PASSWORD: "p#1 $x" });
    expect(readConfigEnv(folder)).toEqual({ A: "1", SMTP_PASSWORD: "p#1 $x" });
    expect(readFileSync(path.join(folder, ".env"), "utf8")).toContain("# mine\n");
    expect(statSync(path.join(folder, ".env")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([".env"]);
  });

  test("a file that cannot be written whole stays as it was", () => {
    const before = `# ${"x".repeat(300_000)}\nAPP_SECRET_KEY=kept\n`;
    writeFileSync(path.join(folder, ".env"), before);
    const root = fileURLToPath(new URL("../../..", import.meta.url));
    const code = `import { writeConfigEnv } from "${root}lib/config-file.ts";
      try { writeConfigEnv(${JSON.stringify(folder)}, { A: "1" }); } catch (error) { console.log(error.code); }`;
    // A limit on the size of files cuts a write short as a full disk does.
    const command = 'ulimit -f 256; exec "$0" --import tsx --input-type=module -e "$1"';
    const { stdout } = spawnSync("sh", ["-c", command, process.execPath, code], {
      cwd: root,
      encoding: "utf8",
    });
    expect(stdout).toContain("EFBIG");
    expect(readFileSync(path.join(folder, ".env"), "utf8")).toBe(before);
    expect(readdirSync(folder)).toEqual([".env"]);
  });
});
