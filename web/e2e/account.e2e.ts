import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, createFirstAccount, launch, openPage, type Server, settled, startServer } from "./harness";

describe("another e-mail address", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(15_000);
    await createFirstAccount(page, server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("is given on the accounts page and signs in from then on", async () => {
    await page.goto(`${server.url}/konten`);
    await settled(page);
    await page.getByRole("button", { name: "E-Mail ändern" }).click();
    const dialog = page.getByRole("dialog", { name: "E-Mail-Adresse von Jonas Albers" });
    const save = dialog.getByRole("button", { name: "Sichern" });
    expect(await save.isDisabled()).toBe(true);
    if (process.env.LOTSE_SHOTS) await page.screenshot({ path: `${process.env.LOTSE_SHOTS}/account.png` });
    expect(await axe(page)).toEqual([]);
    await dialog.getByLabel("E-Mail").fill("keine Adresse");
    await save.click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel("E-Mail").fill("jonas@nordhafen.example");
    await save.click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("cell", { name: "jonas@nordhafen.example" }).waitFor();

    const context = await browser.newContext({ locale: "de-DE" });
    const { page: again } = await openPage(context);
    await again.goto(`${server.url}/anmelden`);
    await again.locator("input[type=email]").fill("jonas@nordhafen.example");
    await again.locator("input[type=password]").fill("ein langes Kennwort 14");
    await again.locator("button[type=submit]").click();
    await again.waitForURL(`${server.url}/`);
    await context.close();
    expect(problems.filter((one) => !/status of 4(00|22)/.test(one))).toEqual([]);
  });
});
