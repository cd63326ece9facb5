import type { Locator, Page } from "playwright-core";

/** A page has fewer places to stop at between one thing that is used and the next. */
const mostStops = 60;

/** Goes on with Tab until the focus is there. Fails where Tab never comes by. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops <= mostStops; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not come by ${target}`);
}

/** Presses a button or follows a link. */
export async function pressByKey(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Replaces what stands in a field. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** Goes to a group of radio buttons, and with the arrows to one of them. */
export async function chooseByKey(page: Page, group: Locator, label: string): Promise<void> {
  const wanted = group.getByLabel(label);
  const count = await group.getByRole("radio").count();
  await tabTo(page, group.locator("input:checked"));
  for (let steps = 0; steps < count; steps++) {
    if (await wanted.isChecked()) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`The arrows do not come by ${label}`);
}

/** Waits until the title of the page has the focus: where one goes on after a step. */
export async function waitForFocusOnTitle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
}
