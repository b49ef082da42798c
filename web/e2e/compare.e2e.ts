import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  axe,
  createFirstAccount,
  launch,
  loadFile,
  openPage,
  type Server,
  settled,
  sharedData,
  startServer,
} from "./harness";

const receipt = sharedData("eventlogs", "receipt.csv.gz");

// Two periods of a real log side by side, from the sentence to the last path.
describe.skipIf(!receipt)("before and after", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  const address = "/prozesse/receipt?tab=compare";

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(60_000);
    await createFirstAccount(page, server);
    await loadFile(page, server, receipt as string);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const sentence = () => page.getByText(/^Seit dem .* „receipt“/);
  const table = () => page.getByRole("table", { name: /Pfade davor und danach/ });

  test("the tab proposes the last two halves and says the answer first", async () => {
    await page.goto(`${server.url}/prozesse/receipt`);
    await page.getByRole("tab", { name: "Vorher und nachher" }).click();
    await sentence().waitFor();
    expect(page.url()).toContain("tab=compare");
    await page.getByText(/^Die letzten beiden gleich langen Zeiträume/).waitFor();
    expect(await page.getByLabel("Davor: erster Tag").inputValue()).toBe("01.11.2010");
    expect(await page.getByLabel("Danach: letzter Tag").inputValue()).toBe("31.12.2011");
  });

  test("both maps draw the same activities and mark what differs by shape and word", async () => {
    const maps = page.getByRole("img", { name: /^Prozesskarte receipt, / });
    await maps.nth(1).waitFor();
    expect(await maps.count()).toBe(2);
    const names = (side: string) =>
      page
        .getByRole("region", { name: side, exact: true })
        .getByRole("button", { name: /: \d/ })
        .evaluateAll((all) => all.map((b) => b.getAttribute("aria-label")?.split(":")[0]).sort());
    expect(await names("Davor")).toEqual(await names("Danach"));
    await table()
      .getByText(/▼ schneller|▼ seltener|▲ häufiger|▲ langsamer/)
      .first()
      .waitFor();
  });

  test("the parts of the change add up", async () => {
    const part = async (name: string) =>
      (await page.getByRole("listitem").filter({ hasText: name }).innerText()).replaceAll("\u00a0", " ");
    expect(await part("insgesamt")).toMatch(/[+−].*\[.*;.*\]/s);
    await page.getByText("durch andere Fälle (Mischung der Abläufe)").waitFor();
    await page.getByText("bei gleichen Fällen", { exact: true }).waitFor();
  });

  test("other periods stand in the address and can be changed and given back", async () => {
    await page.goto(`${server.url}${address}&a_from=2010-10-01&a_to=2011-05-01&b_from=2011-05-01&b_to=2012-02-01`);
    await sentence().waitFor();
    const said = await sentence().innerText();
    const file = await table().getByRole("row").nth(1).innerText();
    expect(said).toMatch(/^Seit dem 01\.05\.2011 ist „receipt“ im Mittel .* schneller/);
    expect(file).toMatch(/[▲▼]/);
    const field = page.getByLabel("Danach: letzter Tag");
    await field.fill("31.12.2011");
    await field.press("Enter");
    await page.waitForURL(/b_to=2012-01-01/);
    await page.getByRole("button", { name: "Zeiträume vorschlagen lassen" }).click();
    await page.getByText(/^Die letzten beiden gleich langen Zeiträume/).waitFor();
    expect(page.url()).not.toContain("b_to");
  });

  test("table, picture and numbers can be taken out", async () => {
    const frame = page.getByRole("figure").filter({ hasText: "Die Karte davor und danach" });
    const csv = page.waitForEvent("download");
    await frame.getByRole("button", { name: "Als CSV speichern" }).click();
    const text = readFileSync(await (await csv).path(), "utf8");
    expect(text).toContain("Anteil: q-Wert");
    const png = page.waitForEvent("download");
    await frame.getByRole("button", { name: "Als Bild (PNG) speichern" }).click();
    expect(
      readFileSync(await (await png).path())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    await frame.getByRole("button", { name: "Als Tabelle zeigen" }).click();
    await frame.getByRole("columnheader", { name: "Anteil davor" }).waitFor();
  });

  test("axe finds nothing; periods that overlap and empty ones are explained", async () => {
    await page.goto(server.url + address);
    await sentence().waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
    await page.goto(`${server.url}${address}&a_from=2010-10-01&a_to=2011-05-01&b_from=2011-04-01&b_to=2012-02-01`);
    await page.getByText("Die beiden Zeiträume überschneiden sich.").waitFor();
    await page.getByLabel("Davor: erster Tag").waitFor();
    await page.goto(`${server.url}${address}&a_from=2000-01-01&a_to=2001-01-01&b_from=2011-04-01&b_to=2012-02-01`);
    await page.getByText("Kein Vergleich möglich").waitFor();
    expect(await axe(page)).toEqual([]);
    expect(problems.filter((p) => !/status of 400/.test(p))).toEqual([]);
  });

  test("a phone shows the sentence and the table without the maps", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(server.url + address);
    await sentence().waitFor();
    await table().waitFor();
    expect(await page.getByRole("img", { name: /^Prozesskarte receipt, / }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await axe(page)).toEqual([]);
  });
});
