import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openPage, type Server, sharedData, startServer, tabTo } from "./harness";

const receipt = sharedData("eventlogs", "receipt.csv.gz");

/** Opens the palette, types words and takes the first hit, which must have a name like this. */
async function palette(page: Page, words: string, hit: RegExp): Promise<void> {
  await page.getByRole("navigation", { name: "Navigation" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Suchen oder springen" }).waitFor();
  await page.keyboard.type(words);
  await page.getByRole("option", { name: hit, selected: true }).waitFor();
  await page.keyboard.press("Enter");
}

// The whole way without a pointer: nothing here clicks.
describe.skipIf(!receipt)("by keyboard alone", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(30_000);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("first account", async () => {
    await page.goto(server.firstAccountLink());
    await page.getByLabel("Name", { exact: true }).waitFor();
    await page.getByLabel("Name", { exact: true }).focus();
    await page.keyboard.type("Jonas Albers");
    await tabTo(page, /E-Mail/);
    await page.keyboard.type("j.albers@nordhafen.example");
    await tabTo(page, /^(Kennwort|Passwort)/);
    await page.keyboard.type("ein langes Kennwort 14");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${server.url}/`);
  });

  test("a file through the wizard", async () => {
    await palette(page, "einlesen", /Datei einlesen/);
    await page.waitForURL(/\/daten\/einlesen/);
    await page.getByText("Zuordnung").first().waitFor();
    const chooser = page.waitForEvent("filechooser");
    await tabTo(page, /Datei auswählen/);
    await page.keyboard.press("Enter");
    await (await chooser).setFiles(receipt as string);
    await page.getByRole("button", { name: /Weiter zur Prüfung/ }).waitFor();
    await tabTo(page, /Weiter zur Prüfung/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /Zeilen laden$/ }).waitFor();
    await tabTo(page, /Zeilen laden/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /Zeilen geladen/ }).waitFor();
  });

  test("map, activity, variant and case", async () => {
    await tabTo(page, /Prozesskarte öffnen/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Confirmation of receipt, / }).waitFor();
    await tabTo(page, /^Confirmation of receipt, /);
    await page.keyboard.press("Enter");
    await page.waitForURL(/node=|edge=|from=/);
    await page.getByRole("tab", { name: /Karte/ }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: "Varianten" }).waitFor();
    await page.getByRole("tab", { name: /Varianten/ }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: "Vorgänge receipt" }).waitFor();
  });

  test("a metric and a finding by the palette", async () => {
    for (const [words, url] of [
      ["Durchlaufzeit (Median)", /\/kennzahlen\//],
      ["T06 Determine necessity of stop advice“ wird", /\/befunde\//],
    ] as const) {
      await palette(page, words, new RegExp(words.replace(/[()]/g, "."), ""));
      await page.waitForURL(url);
    }
    await tabTo(page, /Ausgeben/);
  });

  test("nothing went wrong in the browser on the way", () => {
    expect(problems).toEqual([]);
  });
});
