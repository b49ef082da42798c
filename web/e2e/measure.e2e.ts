import { readFileSync, statSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFirstAccount, launch, loadFile, lotse, openPage, type Server, sharedData, startServer } from "./harness";

const receipt = sharedData("eventlogs", "receipt.csv.gz");
const retail = sharedData("orders", "online_retail_part.csv.gz");

// One person, an empty instance and two files of their own: from sign-in to the row behind a figure.
describe.skipIf(!receipt || !retail)("measure with own files", () => {
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    context = await browser.newContext({
      locale: "de-DE",
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
    });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(30_000);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the one-time link makes the first account and signs in", async () => {
    await createFirstAccount(page, server);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(page.url()).toBe(`${server.url}/`);
  });

  test("an event log is loaded in three clicks", async () => {
    const clicks = await loadFile(page, server, receipt as string);
    expect(clicks).toBeLessThanOrEqual(3);
    await page.getByRole("link", { name: /Prozesskarte öffnen/ }).click();
    await page.getByText("1.434 Vorgänge · 8.577 Ereignisse · 116 Varianten").waitFor();
  });

  test("the map shows the most frequent path and opens it", async () => {
    await page.getByRole("button", { name: /^Confirmation of receipt, 1.434 Ereignisse in 1.434 Vorgängen/ }).waitFor();
    await page.getByRole("button", { name: "Tabelle", exact: true }).click();
    const row = page.getByRole("row", {
      name: /T04 Determine confirmation of receipt.*T05 Print and send confirmation of receipt/,
    });
    await row.first().waitFor();
    expect(await row.first().innerText()).toContain("1.177");
  });

  test("variants and cases agree with the command line", async () => {
    await page.getByRole("tab", { name: /Varianten/ }).click();
    await page.getByRole("table", { name: "Varianten" }).waitFor();
    expect(await page.getByRole("table", { name: "Varianten" }).innerText()).toContain("713");
    await page.getByRole("tab", { name: /Vorgänge/ }).click();
    const cases = page.getByRole("table", { name: "Vorgänge receipt" });
    await cases.getByRole("row").nth(1).waitFor();
    const id = (await cases.getByRole("row").nth(1).getByRole("cell").first().innerText()).trim();
    await cases.getByRole("row").nth(1).getByRole("cell").first().click();
    await page.getByText("receipt.csv.gz").first().waitFor();
    expect(page.url()).toContain(encodeURIComponent(id));
  });

  test("an order list brings the published months, a figure leads to its rows", async () => {
    const clicks = await loadFile(page, server, retail as string);
    expect(clicks).toBeLessThanOrEqual(3);
    const months = JSON.parse(lotse("metric", "query", "revenue", "--data", server.dir, "--json")) as {
      points: { from: string; value: number }[];
    };
    const reference = readFileSync(sharedData("orders", "online_retail_part_reference.csv") as string, "utf8")
      .trim()
      .split("\n")
      .slice(1);
    for (const line of reference) {
      const [month, revenue] = line.split(",");
      const point = months.points.find((p) => p.from.startsWith(month as string));
      expect(point?.value, month).toBeCloseTo(Number(revenue), 2);
    }
    await page.goto(`${server.url}/kennzahlen/revenue`);
    await page.getByText("723,3").first().waitFor();
    await page.getByRole("button", { name: "Als Tabelle zeigen" }).first().click();
    await page
      .getByRole("cell", { name: /748[.,]957/ })
      .or(page.getByText(/749,0/))
      .first()
      .waitFor();
    const rows = page.getByRole("table", { name: /^Zeilen Umsatz/ });
    await rows.getByText("online_retail_part.csv.gz").first().waitFor();
  });

  test.each([
    ["bpic2012.xes.gz", sharedData("eventlogs", "bpic2012.xes.gz"), /262\.200 Zeilen geladen/],
    [
      "the ServiceNow log",
      sharedData("tickets_usage", "servicenow_incident_event_log.csv.gz"),
      /119\.998 Zeilen geladen/,
    ],
  ])("%s is recognised and loaded as proposed", async (_name, file, loaded) => {
    expect(await loadFile(page, server, file as string)).toBeLessThanOrEqual(3);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toMatch(loaded);
  });

  test("the tickets answer their figures, the second log its map", async () => {
    await page.goto(`${server.url}/kennzahlen/tickets_opened`);
    await page.getByRole("figure").first().waitFor();
    await page.goto(`${server.url}/prozesse/bpic2012`);
    await page.getByText("13.087 Vorgänge · 262.200 Ereignisse · 4.366 Varianten").waitFor();
    await page.getByRole("button", { name: /^W_Completeren aanvraag, / }).waitFor();
  });

  test("a figure without its column says what is missing", async () => {
    await page.goto(`${server.url}/kennzahlen/digital_revenue_share`);
    await page
      .getByText(/Spalte channel nicht zugeordnet/)
      .first()
      .waitFor();
  });

  test("a finding names its calculation and its cases", async () => {
    await page.goto(`${server.url}/befunde`);
    await page.getByRole("link", { name: "„T06 Determine necessity of stop advice“ wird wiederholt" }).click();
    await page.getByRole("heading", { name: "Rechnung" }).waitFor();
    await page
      .getByText(/In 59 von 1.434 Vorgängen/)
      .first()
      .waitFor();
    await page.getByRole("table", { name: "Vorgänge hinter dem Befund" }).getByRole("link").first().waitFor();
  });

  test("a table is saved as CSV and XLSX, a page prints", async () => {
    await page.goto(`${server.url}/befunde`);
    for (const format of ["CSV", "XLSX"]) {
      await page.getByRole("button", { name: "Ausgeben" }).first().click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: new RegExp(format, "i") }).click(),
      ]);
      expect(statSync(await download.path()).size).toBeGreaterThan(200);
    }
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });

  test("nothing went wrong in the browser on the way", () => {
    expect(problems).toEqual([]);
  });
});
