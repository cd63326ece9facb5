import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseEnvironment } from "@/lib/env";

const parse = (source: Record<string, string>) => parseEnvironment(source as NodeJS.ProcessEnv);

describe("parseEnvironment", () => {
  test("has a default for everything", () => {
    expect(parse({ PORT: "", ROLE: " " })).toMatchObject({
      kind: "ok",
      env: { PORT: 8000, HOSTNAME: "0.0.0.0", ROLE: "all", LOG_LEVEL: "info" },
    });
  });

  test("takes what is given", () => {
    expect(
      parse({
        PORT: " 81 ",
        ROLE: "worker",
        TZ: "Europe/Berlin",
        BASE_PATH: "/binge/",
        HOSTNAME: "::1",
      }),
    ).toMatchObject({
      kind: "ok",
      env: { PORT: 81, ROLE: "worker", TZ: "Europe/Berlin", BASE_PATH: "/binge", HOSTNAME: "::1" },
    });
  });

  test.each([
    ["", ""],
    ["/", ""],
    ["//", ""],
    ["binge", "/binge"],
    ["/media/binge/", "/media/binge"],
    [" /media/Binge-2.0_b ", "/media/Binge-2.0_b"],
  ])("serves below %j as %j", (given, basePath) => {
    expect(parse({ BASE_PATH: given })).toMatchObject({ env: { BASE_PATH: basePath } });
  });

  test.each([
    ["/../etc"],
    ["/a/./b"],
    ["/a//b"],
    ["/a?b"],
    ['/a"b'],
    ["/a`b"],
    ["/a$b"],
    ["/a\\b"],
    ["http://example.net/binge"],
  ])("serves nothing below %j", (given) => {
    expect(parse({ BASE_PATH: given })).toMatchObject({ kind: "wrong" });
  });

  test("serves nothing below what is an address of a page or route already", () => {
    const segments = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap(({ name }) => (name.startsWith("(") ? segments(path.join(folder, name)) : [name]));
    const own = [...segments("app"), "_next"];
    expect(own).toContain("requests");
    for (const name of own) {
      for (const given of [name, `/${name}/binge`]) {
        expect(parse({ BASE_PATH: given }), given).toMatchObject({ kind: "wrong" });
      }
    }
    expect(parse({ BASE_PATH: "/binge/requests" })).toMatchObject({ kind: "ok" });
  });

  test.each([
    [{ PORT: "http" }, "PORT (http) is not a number."],
    [{ PORT: "70000" }, "PORT (70000) is above 65535."],
    [{ ROLE: "both" }, "ROLE (both) is not one of all, web, worker."],
    [{ TZ: "Mars/Base" }, "TZ (Mars/Base) is not a time zone such as Europe/Berlin."],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL (loud) is not one of debug, info, warn, error."],
    [
      { BASE_PATH: "/a b" },
      "BASE_PATH (/a b) is not a path of letters, digits and . _ - such as /binge.",
    ],
    [
      { BASE_PATH: "/settings" },
      "BASE_PATH (/settings) begins like an address of BingeAlert itself: take another, such as /binge.",
    ],
    [
      { DATABASE_URL: "mysql://anna:geheim@db" },
      "DATABASE_URL does not begin with postgres:// or postgresql://.",
    ],
  ])("%j", (source, problem) => {
    expect(parse(source as Record<string, string>)).toEqual({ kind: "wrong", problems: [problem] });
  });
});
