import axe from "axe-core";
import type { Page } from "playwright-core";

/** What WCAG 2.2 AA asks, as far as a machine can tell, and the habits axe calls best practice. */
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Drawn by Swagger UI and ReDoc: their markup and colours are not ours. What is around them is looked at. */
const notOurs = [".swagger-ui", ".redoc-wrap"];

type Finding = {
  id: string;
  impact?: string | null | undefined;
  help: string;
  nodes: { target: unknown; failureSummary?: string | undefined }[];
};

/**
 * Serious and critical violations that axe finds in what the page shows now, as sentences; none is the promise. The
 * script goes in through the debugger, so the content security policy stays as it is. `bothThemes` measures the
 * contrasts in the other theme, too, and puts the first one back.
 */
export async function seriousViolations(
  page: Page,
  { bothThemes = false }: { bothThemes?: boolean } = {},
): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await audit(page, { type: "tag", values: rules });
  if (!bothThemes) return found;
  await switchTheme(page);
  const other = await audit(page, { type: "rule", values: ["color-contrast"] });
  await switchTheme(page);
  return [...found, ...other.map((words) => `in the other theme: ${words}`)];
}

async function audit(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  const look = async (wanted: { only: axe.RunOnly; exclude: string[] }): Promise<Finding[]> => {
    const here = window as unknown as { axe: typeof axe };
    const context = { include: [["html"]], exclude: wanted.exclude.map((part) => [part]) };
    const options = { runOnly: wanted.only, resultTypes: ["violations" as const] };
    const result = await here.axe.run(context, options);
    return result.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
    }));
  };
  const findings = await page.evaluate(look, { only: runOnly, exclude: notOurs });
  return findings
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, help, nodes }) => {
      const places = nodes
        .slice(0, 4)
        .map(({ target, failureSummary }) => `${target}: ${failureSummary?.replaceAll("\n", " ")}`);
      return `${impact} ${id}, ${help}, ${nodes.length} times: ${places.join("; ")}`;
    });
}

/** Without the transitions of colours, which would be measured halfway. */
function switchTheme(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const still = document.createElement("style");
    still.textContent = "*, ::before, ::after { transition: none !important }";
    document.head.append(still);
    document.documentElement.classList.toggle("dark");
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    still.remove();
  });
}
