import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, demoAccounts, launch, lotse, openPage, type Server, settled, signIn, startServer } from "./harness";

// A target is set on the page of a metric, shows its status and band there, and is counted on the start page.
describe("a target of a metric of the demo company", () => {
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "lotse-e2e-"));
    lotse("demo", "--data", dir, "--scale", "0.2");
    server = await startServer(dir);
    browser = await launch();
    context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(60_000);
    await signIn(page, server, demoAccounts.officer, { scheme: "light", lang: "de" });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const goals = async (): Promise<number[]> => {
    await page.goto(`${server.url}/`);
    await settled(page);
    const text = await page.getByRole("heading", { level: 1 }).innerText();
    return [...(text.match(/(\d+) von (\d+)/) ?? [])].slice(1).map(Number);
  };

  test("set, judged, drawn, counted", async () => {
    const before = await goals();
    await page.goto(`${server.url}/kennzahlen/average_order_value`);
    await page.getByText("Für diese Kennzahl ist noch kein Zielwert festgelegt.").waitFor();
    await page.getByRole("button", { name: "Zielwert festlegen" }).click();
    const dialog = page.getByRole("dialog", { name: /Zielwert: / });
    await dialog.getByLabel(/^Wert/).first().fill("1");
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Zielwert sichern" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("link", { name: /Plan: Ziel ≥\s1,00/ }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("auf Kurs");
    await page.getByRole("button", { name: "Tabelle" }).first().click();
    await page.getByRole("columnheader", { name: /Plan ≥/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    const after = await goals();
    expect(after).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1]);
    expect(problems).toEqual([]);
  });

  test("a person without facts has a page of their own", async () => {
    const other = await browser.newContext({ locale: "de-DE" });
    const { page: mine, problems: wrong } = await openPage(other);
    await signIn(mine, server, demoAccounts.admin, { scheme: "light", lang: "de" });
    await mine.goto(`${server.url}/`);
    await mine.getByText("Was Sie hier tun können").first().waitFor();
    expect(await mine.getByRole("heading", { level: 1 }).innerText()).not.toContain("Ziel");
    expect(await axe(mine)).toEqual([]);
    expect(wrong).toEqual([]);
    await other.close();
  });
});
