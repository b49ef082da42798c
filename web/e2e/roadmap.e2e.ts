import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, createFirstAccount, launch, openPage, type Server, settled, startServer } from "./harness";

/** Calls the API as the person who is signed in. */
async function call<T>(page: Page, method: string, path: string, body?: object): Promise<T> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const csrf = (await (await fetch("/api/v1/session")).json()).csrf as string;
      const answer = await fetch(`/api/v1${path}`, {
        method,
        headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
        body: body && JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    { method, path, body },
  );
}

/** Keeps a picture for people to look at, only on request. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.LOTSE_SHOTS_DIR;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

// Three initiatives and a dependency: the conflict is named, a bar is moved by keyboard alone, the conflict is gone, and a
// proposal is adopted and undone.
describe("roadmap", () => {
  const year = new Date().getFullYear() + 1;
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];
  let owner: string;

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    context = await browser.newContext({
      locale: "de-DE",
      viewport: { width: 1440, height: 1000 },
      reducedMotion: "reduce",
    });
    ({ page, problems } = await openPage(context));
    await createFirstAccount(page, server);
    const made = (kind: string, value: object) => call<{ id: string }>(page, "POST", `/records/${kind}`, value);
    const euro = (amount: string) => ({ amount, currency: "EUR" });
    const range = (min: number, likely: number, max: number) => ({ min, likely, max });
    await made("company", { name: "Nordhafen", federal_state: "ni", discount_rate: 0.08 });
    owner = (await made("person", { name: "Birte Harms", email: "birte@example.com" })).id;
    const dev = await made("function", { name: "Entwicklung", capacity_days: 60 });
    const portal = await made("initiative", {
      title: "Kundenportal",
      area: "customer",
      start: `${year}-01-04`,
      go_live: `${year}-06-30`,
      budget: euro("60000.00"),
      benefit: range(20, 40, 60),
      cost: range(50, 60, 80),
      milestones: [{ title: "Abnahme", due: `${year}-05-17` }],
    });
    const shop = await made("initiative", {
      title: "Webshop",
      owner,
      start: `${year}-06-01`,
      go_live: `${year}-11-30`,
      budget: euro("50000.00"),
      benefit: range(15, 30, 40),
      cost: range(40, 50, 60),
    });
    await made("initiative", {
      title: "Datenlager",
      start: `${year}-03-01`,
      go_live: `${year}-12-31`,
      end: `${year + 1}-03-31`,
      budget: euro("80000.00"),
      benefit: range(10, 18, 40),
      cost: range(60, 80, 90),
    });
    await made("dependency", { title: "Shop nach Portal", from: shop.id, to: portal.id, sort: "after" });
    await made("demand", {
      title: "Bau",
      initiative: portal.id,
      function: dev.id,
      from: `${year}-01-04`,
      to: `${year}-06-30`,
      days: range(80, 100, 140),
    });
    await made("budget_frame", { title: "Digital", year, amount: euro("300000.00") });
    await made("budget_frame", { title: "Digital", year: year + 1, amount: euro("100000.00") });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const bar = (title: string) => page.getByRole("button", { name: new RegExp(`^${title}, `) });
  const conflict = () => page.getByText("„Webshop“ beginnt am", { exact: false });

  test("the conflict is named and the bar moved by keyboard", async () => {
    await page.goto(`${server.url}/fahrplan`);
    await settled(page);
    await conflict().waitFor();
    await shot(page, "fahrplan-hell");
    expect(await axe(page)).toEqual([]);
    await bar("Webshop").focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText(`„Webshop“ beginnt jetzt am 01.07.${year}.`).waitFor();
    await conflict().waitFor({ state: "detached" });
    expect(await bar("Webshop").getAttribute("aria-label")).toContain(`01.07.${year}`);
    expect(problems).toEqual([]);
  });

  test("the move is undone, and made again by the dialog", async () => {
    await page.getByRole("button", { name: "Zurücknehmen" }).click();
    await conflict().waitFor();
    await bar("Webshop").focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Beginn").fill(`15.07.${year}`);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByText(`„Webshop“ beginnt jetzt am 15.07.${year}.`).waitFor();
    await conflict().waitFor({ state: "detached" });
  });

  test("a bar is moved by the mouse", async () => {
    const box = await bar("Datenlager").boundingBox();
    if (!box) throw new Error("no bar");
    await page.mouse.move(box.x + 20, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 12, { steps: 4 });
    await page.mouse.up();
    await page.getByText("„Datenlager“ beginnt jetzt am", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Zurücknehmen" }).click();
    await page.getByText("Die Verschiebung ist zurückgenommen.").waitFor();
  });

  test("the dialog empties a date, and the undo gives it back", async () => {
    await bar("Datenlager").focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Ende").fill("");
    await dialog.getByRole("button", { name: "Sichern" }).click();
    await page.getByText("Die Termine von „Datenlager“ sind geändert.").waitFor();
    const end = async () => {
      const r = await call<{ items: { title: string; end: string | null }[] }>(page, "GET", "/roadmap");
      return r.items.find((one) => one.title === "Datenlager")?.end;
    };
    expect(await end()).toBeNull();
    await page.getByRole("button", { name: "Zurücknehmen" }).click();
    await page.getByText("Die Verschiebung ist zurückgenommen.").waitFor();
    expect(await end()).toBe(`${year + 1}-03-31`);
  });

  test("a filter stands in the address and is taken off again", async () => {
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("combobox", { name: "Feld", exact: true }).click();
    await page.getByRole("option", { name: "Handlungsfeld" }).click();
    await page.getByRole("combobox", { name: /^Werte?$/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: "Kunde und Vertrieb" }).click();
    await page.getByRole("button", { name: "Anwenden" }).press("Enter");
    await bar("Datenlager").waitFor({ state: "detached" });
    expect(await page.locator("[data-bar]").count()).toBe(1);
    expect(new URL(page.url()).searchParams.get("filter")).toBe("area:eq:customer");
    expect(await axe(page)).toEqual([]);
    await page.goto(`${server.url}/fahrplan?filter=owner:eq:${owner}`);
    await bar("Webshop").waitFor();
    expect(await page.locator("[data-bar]").count()).toBe(1);
    const chips = page.getByRole("list", { name: "Filter" });
    await chips.getByText("Birte Harms").waitFor();
    await page.goto(`${server.url}/fahrplan?filter=stage:eq:live`);
    await page.getByText("Kein Vorhaben passt zu den Filtern.").waitFor();
    await page.getByRole("button", { name: "Alle Filter entfernen" }).click();
    await bar("Datenlager").waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  test("the roadmap leaves as picture, workbook and calendar", async () => {
    const saved = async (name: string) => {
      await page.getByRole("button", { name: "Ausgeben" }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name }).first().click(),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
      return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
    };
    const picture = await saved("PNG");
    expect(picture.name).toBe("Fahrplan.png");
    expect(picture.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    const book = await saved("Excel (XLSX)");
    expect(book.name).toBe("Fahrplan.xlsx");
    expect(book.bytes.subarray(0, 2).toString("latin1")).toBe("PK");
    const calendar = await saved("Kalender (iCalendar)");
    expect(calendar.name).toBe("Fahrplan.ics");
    const text = calendar.bytes.toString("utf8");
    expect(text).toContain("BEGIN:VCALENDAR\r\n");
    expect(text).toContain(`DTSTART;VALUE=DATE:${year}0104\r\nDTEND;VALUE=DATE:${year}0701\r\n`);
    expect(text).toContain("SUMMARY:Kundenportal: Abnahme\r\n");
  });

  test("a proposal is adopted and undone", async () => {
    await page.getByRole("link", { name: "Vorschlag", exact: true }).click();
    await page.getByRole("button", { name: "Vorschlag rechnen" }).click();
    await page.getByRole("heading", { name: /^Im Plan/ }).waitFor();
    await shot(page, "fahrplan-vorschlag");
    expect(await axe(page)).toEqual([]);
    const dates = async () => {
      const r = await call<{ items: { title: string; start: string }[] }>(page, "GET", "/roadmap");
      return r.items.map((one) => `${one.title} ${one.start}`).sort();
    };
    const before = await dates();
    await page.getByRole("button", { name: "Vorschlag übernehmen" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Vorschlag übernehmen" }).click();
    await page.getByText("nach dem Vorschlag.", { exact: false }).waitFor();
    expect(await dates()).not.toEqual(before);
    await page.getByRole("button", { name: "Zurücknehmen" }).click();
    await page.getByText("Die Verschiebung ist zurückgenommen.").waitFor();
    expect(await dates()).toEqual(before);
    expect(problems).toEqual([]);
  });

  test("phone, dark and paper", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${server.url}/fahrplan`);
    await settled(page);
    await page.getByRole("heading", { name: `Q1 ${year}` }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await shot(page, "fahrplan-390");
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.reload();
    await settled(page);
    await page.locator("[data-bar]").first().waitFor();
    await page.evaluate(() => document.documentElement.setAttribute("data-mantine-color-scheme", "dark"));
    expect(await axe(page)).toEqual([]);
    await shot(page, "fahrplan-dunkel");
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(paper.match(/MediaBox ?\[0 0 84[12](\.\d+)? 59[45](\.\d+)?\]/), "A4 landscape").not.toBeNull();
  });
});
