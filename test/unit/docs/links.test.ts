import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
const pages = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
  ...readdirSync(path.join(root, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

const read = (page: string) => readFileSync(path.join(root, page), "utf8");
const withoutFences = (text: string) => text.replace(/^\s*```[\s\S]*?^\s*```/gm, "");

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

const anchors = (page: string) =>
  [...withoutFences(read(page)).matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ""));

/** Links that lead to nothing. */
function brokenLinks(page: string): string[] {
  const links = [...withoutFences(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(
    (match) => match[1] ?? "",
  );
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
    if (!existsSync(path.join(root, target))) return true;
    if (anchor === undefined) return false;
    return !statSync(path.join(root, target)).isFile() || !anchors(target).includes(anchor);
  });
}

/** Files and folders of this repository that the text names, wherever it does. */
function missingPaths(page: string): string[] {
  const named = read(page).matchAll(
    /(?<![\w/.-])(?:app|components|docs|drizzle|emails|jobs|lib|public|test)\/[\w./-]*\w/g,
  );
  return [...new Set([...named].map(([name]) => name))].filter(
    (name) =>
      !existsSync(path.join(root, name)) && !existsSync(path.join(root, path.dirname(page), name)),
  );
}

test.each(pages)("what %s links to and names is there", (page) => {
  expect({ links: brokenLinks(page), paths: missingPaths(page) }).toEqual({ links: [], paths: [] });
});

test("every page of docs is linked from the README", () => {
  const readme = read("README.md");
  expect(pages.filter((page) => page.startsWith("docs/") && !readme.includes(`(${page})`))).toEqual(
    [],
  );
});
