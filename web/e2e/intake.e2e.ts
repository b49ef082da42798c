import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFirstAccount, launch, openPage, type Server, startServer } from "./harness";

// A new user's own list with two title lines, then the list of the next month with one column more.
describe("a list by hand", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  let problems: string[];
  const folder = mkdtempSync(join(tmpdir(), "lotse-intake-"));

  function list(month: string, more: boolean): string {
    const lines = [
      "Auftragseingang",
      "Stand: 28.02.2026",
      "",
      `Auftragsnr;Bestelldatum;Netto;Währung${more ? ";Kanal" : ""}`,
    ];
    for (let i = 1; i <= 20; i++)
      lines.push(`${month}-${i};${String(i).padStart(2, "0")}.${month}.2026;${i},50;EUR${more ? ";Shop" : ""}`);
    const file = join(folder, `Aufträge ${month}.csv`);
    writeFileSync(file, `${lines.join("\r\n")}\r\n`);
    return file;
  }

  beforeAll(async () => {
    browser = await launch();
    server = await startServer();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    await createFirstAccount(page, server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the header is proposed with its reason and can be changed", async () => {
    await page.goto(`${server.url}/daten/einlesen`);
    await page.locator("input[type=file]").setInputFiles(list("01", false));
    await page.getByText("Zeile 4", { exact: true }).waitFor();
    await page.getByRole("button", { name: "anders lesen" }).click();
    await page.getByText(/Zeile 4: Überschriften über 4 von 4 gefüllten Spalten.*3 Zeilen darüber/).waitFor();
    await page.getByRole("checkbox", { name: "ohne Überschriften" }).click();
    await page.getByText("Spalte 1", { exact: true }).first().waitFor();
    await page.goto(`${server.url}/daten/einlesen`);
    await page.locator("input[type=file]").setInputFiles(list("01", false));
    await page.getByRole("button", { name: /Weiter zur Prüfung/ }).click();
    await page.getByRole("button", { name: /Zeilen laden$/ }).click();
    await page.getByRole("heading", { level: 1, name: "20 Zeilen geladen." }).waitFor();
    expect(problems).toEqual([]);
  });

  test("the next month with one column more takes two clicks", async () => {
    await page.goto(`${server.url}/daten/einlesen`);
    await page.locator("input[type=file]").setInputFiles(list("02", true));
    await page.getByText(/Neu gegenüber der letzten Datei dieser Quelle: Kanal/).waitFor();
    await page.getByRole("button", { name: /Zeilen laden$/ }).click();
    await page.getByRole("heading", { level: 1, name: "20 Zeilen geladen." }).waitFor();
    expect(problems).toEqual([]);
  });
});
