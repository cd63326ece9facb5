import { runInNewContext } from "node:vm";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CodeBlock } from "@/components/code-block";

const draw = (text: string) =>
  renderToStaticMarkup(createElement(CodeBlock, { text, label: "Body" }));

test("a line in its colours, with its secrets as chips", () => {
  expect(draw('{"apiKey": "redacted", "year": 2024}')).toContain(
    '<span class="redacted">redacted</span>',
  );
});

test("a long line is shown as it stands, whatever it is made of", () => {
  const line = `{"a": "${'\\"'.repeat(100_000)}`;
  // Throws when it is at it for ever.
  const markup: string = runInNewContext("work()", { work: () => draw(line) }, { timeout: 8_000 });
  expect(markup.replaceAll("&quot;", '"').includes(line)).toBe(true);
});
