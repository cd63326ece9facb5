import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { basePathMark } from "@/lib/runtime/base-path-mark.mjs";
import { neededPages } from "@/lib/runtime/needed-pages.mjs";
import { addressBelow, pagesFolder } from "@/lib/runtime/pages-below";

describe("what Next is asked for", () => {
  test.each([
    ["/", "/binge"],
    ["/?q=a", "/binge?q=a"],
    ["/requests/5?x=/binge", "/binge/requests/5?x=/binge"],
    ["/binge", "/binge"],
    ["/binge/", "/binge"],
    ["/binge?q=a", "/binge?q=a"],
    ["/binge/requests", "/binge/requests"],
    ["/bingewatch", "/binge/bingewatch"],
    ["/binge/binge", "/binge/binge"],
    // Not ours to change: what OPTIONS and proxies send.
    ["*", "*"],
    ["http://elsewhere/", "http://elsewhere/"],
  ])("%j below /binge: %j", (given, asked) => {
    expect(addressBelow(given, "/binge")).toBe(asked);
  });

  test.each(["/", "/?q=a", "/binge/requests", "*"])("%j at the root, as it is", (given) => {
    expect(addressBelow(given, "")).toBe(given);
  });
});

describe("the pages below a path", () => {
  let root: string;
  let config: string;
  const built = () => path.join(root, ".next-below", "standalone");
  const build = (id: string) => {
    const server = path.join(built(), ".next-below", "server");
    mkdirSync(server, { recursive: true });
    mkdirSync(path.join(built(), "public"), { recursive: true });
    mkdirSync(path.join(built(), "node_modules"), { recursive: true });
    writeFileSync(path.join(built(), "node_modules", "big.js"), `"${basePathMark}"`);
    writeFileSync(path.join(built(), ".next-below", "BUILD_ID"), id);
    writeFileSync(path.join(built(), "server.js"), `a="${basePathMark}";b="${basePathMark}/x"`);
    writeFileSync(path.join(built(), "package.json"), "{}");
    writeFileSync(path.join(server, "page.js"), `go("${basePathMark}/requests")`);
    writeFileSync(path.join(built(), "public", "icon.png"), Buffer.from([0x89, 0xff, 0xfe, 0]));
    rmSync(path.join(server, "alias"), { force: true });
    symlinkSync("../../node_modules", path.join(server, "alias"));
  };

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "bingealert-root-"));
    config = mkdtempSync(path.join(os.tmpdir(), "bingealert-config-"));
    build("first");
  });
  afterEach(() => {
    for (const folder of [root, config]) rmSync(folder, { recursive: true, force: true });
  });

  test("are those of the build at the root", () => {
    expect(pagesFolder(root, config, "")).toBe(path.join(root, ".next", "standalone"));
    expect(readdirSync(config)).toEqual([]);
  });

  test("are a copy with the path in place of the mark, and the packages stay where they are", () => {
    const folder = pagesFolder(root, config, "/media/binge");
    const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
    expect(path.dirname(folder)).toBe(path.join(config, "pages"));
    expect(read("server.js")).toBe('a="/media/binge";b="/media/binge/x"');
    expect(read(".next-below/server/page.js")).toBe('go("/media/binge/requests")');
    expect([...readFileSync(path.join(folder, "public/icon.png"))]).toEqual([0x89, 0xff, 0xfe, 0]);
    expect(readlinkSync(path.join(folder, ".next-below/server/alias"))).toBe("../../node_modules");
    expect(readlinkSync(path.join(folder, "node_modules"))).toBe(
      path.join(built(), "node_modules"),
    );
  });

  test("are copied once, and anew for another path and for another build", () => {
    const folder = pagesFolder(root, config, "/binge");
    writeFileSync(path.join(folder, "served"), "");
    expect(pagesFolder(root, config, "/binge")).toBe(folder);
    expect(existsSync(path.join(folder, "served"))).toBe(true);
    const other = pagesFolder(root, config, "/binge/two");
    build("second");
    const later = pagesFolder(root, config, "/binge/two");
    expect(new Set([folder, other, later]).size).toBe(3);
    expect(readdirSync(path.join(config, "pages"))).toEqual([path.basename(later)]);
  });

  test("are copied anew when the program has moved", () => {
    pagesFolder(root, config, "/binge");
    const moved = `${root}-moved`;
    renameSync(root, moved);
    root = moved;
    const folder = pagesFolder(root, config, "/binge");
    expect(existsSync(path.join(folder, "node_modules", "big.js"))).toBe(true);
  });

  test("leave nothing behind when they cannot be copied", () => {
    rmSync(path.join(built(), "server.js"));
    expect(() => pagesFolder(root, config, "/binge")).toThrow(/ENOENT.*server\.js/);
    expect(readdirSync(path.join(config, "pages"))).toEqual([]);
  });

  test("do not take what an interrupted copy left for a whole one", () => {
    const unfinished = path.join(config, "pages", `unfinished-${process.pid}`);
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(path.join(unfinished, "server.js"), "half");
    const folder = pagesFolder(root, config, "/binge");
    expect(readFileSync(path.join(folder, "server.js"), "utf8")).toContain("/binge/x");
    expect(readdirSync(path.join(config, "pages"))).toEqual([path.basename(folder)]);
  });
});

test("which pages a start builds depends on the environment, then on the config folder's .env", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-config-"));
  const needed = (env: Record<string, string>) => neededPages({ CONFIG_DIR: folder, ...env });
  expect(needed({})).toBe("web");
  expect(needed({ BASE_PATH: "/" })).toBe("web");
  expect(needed({ BASE_PATH: "/binge" })).toBe("web-below");
  writeFileSync(path.join(folder, ".env"), "# ours\nBASE_PATH=/binge\n");
  expect(needed({})).toBe("web-below");
  expect(needed({ BASE_PATH: "/" })).toBe("web");
  rmSync(folder, { recursive: true, force: true });
});
