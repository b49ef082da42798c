import type { Page } from "playwright-core";
import { type Server, tabTo } from "./harness";

/** Waits until some part of the page holds the focus: a step by keyboard must not lose it. */
export async function held(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement !== null && document.activeElement !== document.body);
}

/** Goes to what has this name and presses it. */
export async function press(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name, 400);
  await page.keyboard.press("Enter");
  await held(page);
}

/** Presses Tab until the n-th stop within a field of a form is reached. */
export async function tabToField(page: Page, field: string, n = 0): Promise<void> {
  for (let i = 0, seen = 0; i < 400; i++) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate(
      (field) => document.activeElement?.matches(`[data-field="${field}"] :is(input, textarea, select)`) ?? false,
      field,
    );
    if (there && seen++ === n) return;
  }
  throw new Error(`Tab never reached the field ${field}`);
}

/** Writes into the input that holds the focus, in place of what stands there. */
export async function write(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

/** Takes an option of the choice that holds the focus by the arrows. */
export async function pick(page: Page, option: string | RegExp): Promise<void> {
  const wanted = page.getByRole("option", { name: option }).first();
  await page.keyboard.press("ArrowDown");
  await wanted.waitFor();
  for (let i = 0; i < 80 && (await wanted.getAttribute("data-combobox-selected")) === null; i++) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await wanted.waitFor({ state: "hidden" });
  await held(page);
}

/** Signs in by keyboard. */
export async function enter(page: Page, server: Server, account: { email: string; password: string }): Promise<void> {
  await page.goto(`${server.url}/anmelden`);
  await page.locator("input[type=email]").waitFor();
  await page.locator("input[type=email]").focus();
  await page.keyboard.type(account.email);
  await tabTo(page, /^(Kennwort|Passwort)/);
  await page.keyboard.type(account.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${server.url}/`);
}
