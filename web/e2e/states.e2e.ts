import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, createFirstAccount, launch, loadFile, openPage, type Server, settled, startServer } from "./harness";

// What pages say when there is nothing, little, or something wrong; each state is whole, in words, and without an axe finding.
describe("states of the pages for processes and data", () => {
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    context = await browser.newContext({ locale: "de-DE", viewport: { width: 1280, height: 800 } });
    ({ page } = await openPage(context));
    await createFirstAccount(page, server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (path: string) => {
    await page.goto(server.url + path);
    await settled(page);
  };

  test("empty: an instance without data says what belongs here and where to put it", async () => {
    for (const path of ["/prozesse", "/daten"]) {
      await open(path);
      expect(await page.getByRole("columnheader").count()).toBe(3); // case, activity, time
      expect(await page.locator("input[type=file]").count()).toBe(1);
      expect(await axe(page)).toEqual([]);
    }
    await open("/prozesse/gibt-es-nicht");
    await page.getByRole("alert").waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test("one month only: the months say that there is nothing to compare yet", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "lotse-states-")), "antraege_2026-03.csv");
    const row = (n: number, step: string, hour: string) =>
      `A-${n},${step},2026-03-${String(2 + (n % 26)).padStart(2, "0")} ${hour}`;
    const rows = Array.from({ length: 40 }, (_, n) => [row(n, "Eingang", "08:00"), row(n, "Prüfung", "11:30")]).flat();
    writeFileSync(file, `Vorgang,Aktivität,Zeitpunkt\n${rows.join("\n")}\n`);
    await loadFile(page, server, file);
    await open("/prozesse");
    await page.getByRole("link", { name: "antraege", exact: true }).waitFor(); // without the month of the file
    await open("/prozesse/antraege?tab=times");
    await page.getByText("Erst ein voller Monat", { exact: false }).first().waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test("filter empty: says so and takes all filters away", async () => {
    await open("/prozesse/antraege?from=1990-01-01&to=1990-02-01");
    await page.getByRole("heading", { name: "Kein Vorgang passt zum Filter" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Alle Filter entfernen" }).click();
    await page.locator('[data-node="Eingang"]').waitFor();
  });

  test("all cases open: each says so, and asking for complete ones finds none", async () => {
    const status = await page.evaluate(async () => {
      const session = await (await fetch("/api/v1/session")).json();
      const { value, version } = await (await fetch("/api/v1/settings")).json();
      const ends = [{ process: "antraege", activities: ["Eingang"] }]; // every case goes on to the next step
      const answer = await fetch("/api/v1/settings", {
        method: "PUT",
        headers: {
          "Content-Type": "application/json",
          "X-CSRF-Token": session.csrf,
          "If-Match": `"${version}"`,
        },
        body: JSON.stringify({ ...value, end_activities: ends }),
      });
      return `${answer.status} ${answer.ok ? "" : await answer.text()}`;
    });
    expect(status.trim()).toBe("200");
    await open("/prozesse/antraege?tab=cases");
    await page.getByRole("cell", { name: "offen" }).first().waitFor();
    expect(await page.getByRole("cell", { name: "offen" }).count()).toBe(40);
    expect(await axe(page)).toEqual([]);
    await open("/prozesse/antraege?state=complete");
    await page.getByRole("heading", { name: "Kein Vorgang passt zum Filter" }).waitFor();
  });

  test("loading: a skeleton in the place of the map, then what is counted", async () => {
    let go = () => {};
    const held = new Promise<void>((done) => {
      go = done;
    });
    await page.route("**/dfg?**", async (route) => {
      await held;
      await route.continue();
    });
    await page.route("**/dfg", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${server.url}/prozesse/antraege`);
    await page.locator("[aria-busy=true]").waitFor();
    await page.getByRole("status").filter({ hasText: "80" }).waitFor(); // events of the log
    expect(await axe(page)).toEqual([]);
    go();
    await page.locator('[data-node="Eingang"]').waitFor();
    await page.unrouteAll({ behavior: "wait" });
  });

  test("error: what happened, what to do, and it goes on where it stopped", async () => {
    const problem = { code: "busy", text: "Die Karte kam nicht zustande.", hint: "Versuchen Sie es noch einmal." };
    await page.route(/\/(dfg|summary)(\?|$)/, (route) => route.fulfill({ status: 409, json: problem }));
    await page.goto(`${server.url}/prozesse/antraege`);
    const alert = page.getByRole("alert");
    await alert.getByRole("heading", { name: problem.text }).waitFor();
    expect(await alert.textContent()).toContain(problem.hint);
    expect(await axe(page)).toEqual([]);
    await page.unrouteAll({ behavior: "wait" });
    await alert.getByRole("button", { name: "Erneut versuchen" }).click();
    await page.locator('[data-node="Eingang"]').waitFor();
  });

  test("no permission: who may see it", async () => {
    const problem = {
      code: "forbidden",
      text: "Prozesse sieht, wer Daten lesen darf.",
      hint: "Fragen Sie die Verwaltung.",
    };
    await page.route(/\/(datasets|loads)(\?|$)/, (route) => route.fulfill({ status: 403, json: problem }));
    await page.goto(`${server.url}/daten`);
    await page.getByText(problem.text, { exact: false }).first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.getByRole("button", { name: "Erneut versuchen" }).count()).toBe(0);
    await page.unrouteAll({ behavior: "wait" });
  });

  test("everything is taken out at one place: picture, drawing and tables of what is shown", async () => {
    await open("/prozesse/antraege");
    const save = async (item: string) => {
      await page.getByRole("button", { name: "Ausgeben" }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: item }).first().click();
      return (await download).suggestedFilename();
    };
    await page.locator('[data-node="Eingang"]').waitFor();
    expect(await save("Bild (PNG)")).toMatch(/\.png$/);
    expect(await save("Vektorbild (SVG)")).toMatch(/\.svg$/);
    for (const tab of ["map", "variants", "cases"]) {
      await open(`/prozesse/antraege?tab=${tab}`);
      expect(await save("CSV")).toMatch(/\.csv$/);
      expect(await save("Excel (XLSX)")).toMatch(/\.xlsx$/);
    }
  });

  test("at 1280 px no column of the data page is cut", async () => {
    await open("/daten");
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("table")].map((t) => t.scrollWidth - (t.parentElement?.clientWidth ?? 0)),
    );
    expect(cut.length).toBeGreaterThan(1);
    for (const over of cut) expect(over).toBeLessThanOrEqual(0);
  });
});
