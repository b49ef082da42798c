import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, createFirstAccount, launch, openPage, type Server, settled, startServer, tabTo } from "./harness";
import { api, becomeOfficer, choose, row } from "./records";

describe("registers", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let initiative = "";

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(10_000);
    await createFirstAccount(page, server);
    await becomeOfficer(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("an empty register says what belongs here and offers one step", async () => {
    await page.goto(`${server.url}/register`);
    await settled(page);
    await page.getByRole("link", { name: /^Einheiten/ }).click();
    await page.getByText("Noch keine Einträge unter Einheiten").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Einheit anlegen" }).click();
    await page.waitForURL(/\/register\/unit\/new$/);
  });

  test("a unit: all errors at once, then saved", async () => {
    await page.getByLabel("Köpfe").fill("viele");
    await page.getByRole("button", { name: /Sichern/ }).click();
    await page.getByText("Diese Angabe fehlt.").waitFor();
    await page.getByText("Bitte eine Zahl, z. B. 12,5.").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel("Name").fill("Vertrieb");
    await page.getByLabel("Köpfe").fill("1.042,5");
    await choose(page, "Art", "Abteilung");
    await page.keyboard.press("Control+s");
    await page.getByRole("heading", { level: 1, name: "Vertrieb" }).waitFor();
    const { body } = await api(page, "GET", "/records/unit");
    expect(body.items[0].value).toEqual({ name: "Vertrieb", sort: "department", heads: 1042.5 });
  });

  test("an initiative with every kind of field; a person made in place", async () => {
    await page.goto(`${server.url}/register/initiative/new`);
    await settled(page);
    await page.getByLabel("Vorhaben", { exact: false }).first().fill("Chat-Auskunft");
    await page.getByLabel("Ziel des Vorhabens").fill("**Schneller** antworten\n\n- <b>ohne</b> Umweg");
    await page.getByRole("button", { name: "Vorschau" }).click();
    await page.locator("strong", { hasText: "Schneller" }).waitFor();
    await page.getByText("<b>ohne</b> Umweg").waitFor();
    await page.getByRole("button", { name: "Schreiben" }).click();
    await choose(page, "Art", "Projekt");
    await choose(page, "Verantwortlich", "Sabine Krüger", /als Person anlegen/);
    await page.getByRole("dialog").getByRole("button", { name: "Anlegen" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await choose(page, "Beteiligte Einheiten", "Vertrieb");
    await page.keyboard.press("Escape");
    await choose(page, "Kennzahlen", "Zufriedenheit");
    await page.keyboard.press("Escape");
    await page.getByLabel("Beginn").fill("1.3.2026");
    const budget = page.getByRole("group", { name: "Budget" });
    await budget.getByLabel("Betrag").fill("60.000,50");
    const benefit = page.getByRole("group", { name: "Nutzen je Jahr" });
    await benefit.getByLabel("mindestens").fill("50");
    await benefit.getByLabel("wahrscheinlich").fill("20");
    await benefit.getByLabel("höchstens").fill("80");
    await benefit.getByText("Liegt über dem wahrscheinlichen Wert.").waitFor();
    await benefit.getByLabel("mindestens").fill("5");
    await page.getByLabel("Zuversicht").fill("62,5");
    await page.getByRole("button", { name: "Zeile zu Meilensteine" }).click();
    await page.getByRole("button", { name: "Zeile zu Meilensteine" }).click();
    const second = page.getByRole("group", { name: "Meilensteine, Zeile 2" });
    await second.getByLabel("Meilenstein").fill("Start");
    await second.getByLabel("Termin").fill("15.03.2026");
    await page.getByRole("group", { name: "Meilensteine, Zeile 1" }).getByLabel("Meilenstein").fill("Ende");
    await page.getByRole("button", { name: "Zeile 2 nach oben" }).click();
    await page.getByRole("button", { name: /Sichern/ }).click();
    await page.getByRole("heading", { level: 1, name: "Chat-Auskunft" }).waitFor();
    initiative = page.url().split("/").at(-1) ?? "";
    const { body } = await api(page, "GET", `/records/initiative/${initiative}`);
    expect(body.value).toMatchObject({
      title: "Chat-Auskunft",
      aim: "**Schneller** antworten\n\n- <b>ohne</b> Umweg",
      sort: "project",
      start: "2026-03-01",
      budget: { amount: "60000.50", currency: "EUR" },
      benefit: { min: 5, likely: 20, max: 80 },
      confidence: 0.625,
      metrics: ["Zufriedenheit"],
      milestones: [{ title: "Start", due: "2026-03-15" }, { title: "Ende" }],
    });
    expect(body.names.map((one: { name: string }) => one.name).sort()).toEqual([
      "Sabine Krüger",
      "Vertrieb",
      "Zufriedenheit",
    ]);
    expect(await axe(page)).toEqual([]);
  });

  test("a draft survives the page and is saved by Strg S", async () => {
    await page.getByLabel("Ausgangslage").fill("41,3 % im Oktober");
    await page.getByText(/Entwurf gesichert um .* Fassung 1 liegt zugrunde/).waitFor();
    await page.reload();
    await page.getByText(/Entwurf gesichert um/).waitFor();
    expect(await page.getByLabel("Ausgangslage").inputValue()).toBe("41,3 % im Oktober");
    await page.keyboard.press("Control+s");
    await page
      .getByText(/^Fassung 2 vom/)
      .first()
      .waitFor();
  });

  test("two people on one record: other fields join, the same field is a choice, nothing is lost", async () => {
    await page.getByLabel("Ausgangslage").fill("meine Fassung");
    await api(page, "PATCH", `/records/initiative/${initiative}`, { area: "customer" }, 2);
    await page.keyboard.press("Control+s");
    await page.getByText(/andere Felder gesichert; beides gilt/).waitFor();
    const joined = (await api(page, "GET", `/records/initiative/${initiative}`)).body;
    expect(joined.value).toMatchObject({ area: "customer", baseline: "meine Fassung" });

    await page.getByLabel("Ausgangslage").fill("meine zweite");
    await api(page, "PATCH", `/records/initiative/${initiative}`, { baseline: "ihre zweite" }, joined.version);
    await page.keyboard.press("Control+s");
    await page.getByText(/dieselben Felder gesichert/).waitFor();
    await page.getByText("Ihre Angabe: meine zweite").waitFor();
    await page.getByText("Gesichert: ihre zweite").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Auswahl sichern" }).click();
    await page
      .getByText(/^Fassung 6 vom/)
      .first()
      .waitFor();
    expect((await api(page, "GET", `/records/initiative/${initiative}`)).body.value.baseline).toBe("meine zweite");
  });

  test("history shows old and new values and goes back to a version", async () => {
    await page.getByRole("tab", { name: /Verlauf/ }).click();
    const steps = page.getByRole("tabpanel").locator("ol > li");
    const first = steps.first();
    await first.getByText("ihre zweite").waitFor();
    await first.getByText("meine zweite").waitFor();
    expect(await axe(page)).toEqual([]);
    await steps.filter({ hasText: "Fassung 4" }).getByRole("button", { name: "Zu dieser Fassung zurück" }).click();
    await page
      .getByText(/^Fassung 7 vom/)
      .first()
      .waitFor();
    expect((await api(page, "GET", `/records/initiative/${initiative}`)).body.value.baseline).toBe("meine Fassung");
  });

  test("comment and file", async () => {
    await page.getByRole("tab", { name: /Kommentare/ }).click();
    await page.getByLabel("Kommentar", { exact: true }).fill("Bitte **prüfen**");
    await page.getByRole("button", { name: "Kommentieren" }).click();
    await page.locator("strong", { hasText: "prüfen" }).waitFor();
    await page.getByRole("tab", { name: /Anlagen/ }).click();
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "angebot.txt", mimeType: "text/plain", buffer: Buffer.from("12 T€") });
    await page.getByRole("link", { name: "angebot.txt" }).waitFor();
    expect(await axe(page)).toEqual([]);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "angebot.txt" }).click();
    expect((await download).suggestedFilename()).toBe("angebot.txt");
  });

  test("links lead both ways, and deleting what is pointed at names who points", async () => {
    await page.getByRole("tab", { name: /Verknüpfungen/ }).click();
    await page.getByRole("link", { name: "Vertrieb" }).click();
    await page.getByRole("heading", { level: 1, name: "Vertrieb" }).waitFor();
    await page.getByRole("button", { name: "Löschen" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Chat-Auskunft").waitFor();
    await dialog.getByRole("button", { name: "Löschen" }).click();
    await dialog
      .getByRole("alert")
      .getByText(/Chat-Auskunft/)
      .waitFor();
    expect((await api(page, "GET", "/records/unit")).body.total).toBe(1);
    await dialog.getByRole("button", { name: "Abbrechen" }).click();
  });

  test("filter, group with sums, sort: all in the address", async () => {
    const areas = ["customer", "process", "data"];
    for (let i = 0; i < 6; i++) {
      const value = {
        title: `Idee ${i}`,
        area: areas[i % 3],
        sort: "idea",
        budget: { amount: `${i}000.00`, currency: "EUR" },
      };
      await api(page, "POST", "/records/initiative", value);
    }
    await page.goto(`${server.url}/register/initiative`);
    await settled(page);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await choose(page, "Feld", "Art");
    await choose(page, "Wert", "Idee");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Anwenden" }).click();
    await page.getByText("6 von 6 Einträgen").waitFor();
    await page.getByRole("button", { name: "Gruppieren" }).click();
    await page.getByRole("menuitem", { name: "Handlungsfeld" }).click();
    const group = page.locator("tr", { has: page.getByRole("button", { name: "Daten und Steuerung 2" }) });
    await group.getByText("7.000 €").waitFor();
    await page.getByRole("button", { name: "Budget" }).click();
    await page.waitForURL(/filter=sort%3Aeq%3Aidea.*sort=budget.*group=area|group=area/);
    await page.reload();
    await group.waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Daten und Steuerung 2" }).click();
    await row(page, "Idee 5").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Daten und Steuerung 2" }).click();
    await row(page, "Idee 5").waitFor();
  });

  test("the view is saved as a tab", async () => {
    await page.getByRole("button", { name: "sichern", exact: true }).click();
    await page.getByLabel("Name der Ansicht").fill("Ideen nach Feld");
    await page.getByRole("dialog").getByRole("button", { name: "Sichern" }).click();
    await page.getByRole("tab", { name: /Ideen nach Feld/, selected: true }).waitFor();
    await page.getByRole("tab", { name: /^Alle/ }).click();
    await page.getByText("7 von 7 Einträgen").waitFor();
    await page.getByRole("tab", { name: /Ideen nach Feld/ }).click();
    await page.getByText("6 von 6 Einträgen").waitFor();
    await page.getByRole("tab", { name: /^Alle/ }).click();
  });

  test("a cell is changed in place; somebody else's newer value is shown beside it", async () => {
    const name = row(page, "Idee 0").locator("td[data-name]");
    await name.dblclick();
    await page.locator("td[data-editing] input").fill("Idee null");
    await page.keyboard.press("Enter");
    await row(page, "Idee null").waitFor();
    await page.getByRole("button", { name: "Zurücknehmen" }).click();
    await row(page, "Idee 0").waitFor();

    await row(page, "Idee 1").locator("td[data-name]").dblclick();
    const found = await api(page, "GET", "/records/initiative?filter=title:eq:Idee%201");
    const { id, version } = found.body.items[0];
    await api(page, "PATCH", `/records/initiative/${id}`, { title: "Idee eins von ihr" }, version);
    await page.locator("td[data-editing] input").fill("Idee eins von mir");
    await page.keyboard.press("Enter");
    await page.getByText(/hat inzwischen „Idee eins von ihr“ gesichert/).waitFor();
    await page.getByRole("button", { name: "„Idee eins von mir“ sichern" }).click();
    await row(page, "Idee eins von mir").waitFor();
  });

  test("many are changed at once and taken back, deleted and restored", async () => {
    for (const name of ["Idee 2", "Idee 3"]) await row(page, name).getByRole("checkbox").check();
    await page.getByRole("button", { name: "Feld ändern" }).click();
    const dialog = page.getByRole("dialog");
    await choose(page, "Feld", "Handlungsfeld");
    await choose(page, "Handlungsfeld", "Technik", /Technik/);
    await dialog.getByRole("button", { name: "Ändern" }).click();
    await page.getByText("2 Einträge geändert.").waitFor();
    const tech = async () => (await api(page, "GET", "/records/initiative?filter=area:eq:technology")).body.total;
    expect(await tech()).toBe(2);
    await page.getByRole("button", { name: "Zurücknehmen" }).click();
    await page.getByText("2 Einträge geändert.").waitFor({ state: "detached" });
    expect(await tech()).toBe(0);

    await row(page, "Idee 2").getByRole("checkbox").check();
    await page.getByRole("region", { name: "Auswahl" }).getByRole("button", { name: "Löschen" }).click();
    await dialog.getByRole("button", { name: "Löschen" }).click();
    await page.getByText("1 Eintrag gelöscht.").waitFor();
    await page.getByRole("tab", { name: /Gelöscht/ }).click();
    await row(page, "Idee 2").getByRole("checkbox").check();
    await page.getByRole("button", { name: "Wiederherstellen" }).click();
    await dialog.getByRole("button", { name: "Wiederherstellen" }).click();
    await page.getByText("Nichts gelöscht").waitFor();
  });

  test("what is shown is taken out as a file", async () => {
    await page.goto(`${server.url}/register/initiative?q=Chat`);
    await page.getByText("1 von 1 Eintrag").waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Ausgeben" }).click();
    await page.getByRole("menuitem", { name: "CSV" }).click();
    const path = await (await download).path();
    const { readFileSync } = await import("node:fs");
    const text = readFileSync(path, "utf8");
    expect(text).toContain("Chat-Auskunft");
    expect(text).not.toContain("Idee 3");
  });

  test("the panel holds form, history and links beside the list", async () => {
    await row(page, "Chat-Auskunft").click();
    const panel = page.getByRole("complementary", { name: "Geöffneter Eintrag" });
    await panel.getByRole("heading", { name: "Chat-Auskunft" }).waitFor();
    await panel.getByText("7 Fassungen").waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
  });

  test("nothing went wrong in the browser on the way", () => {
    expect(problems.filter((one) => !/status of 4(12|22|09)/.test(one))).toEqual([]);
  });
});

describe("registers by keyboard alone", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page } = await openPage(context));
    page.setDefaultTimeout(10_000);
    await createFirstAccount(page, server);
    await becomeOfficer(page);
    await page.reload();
    await settled(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("palette, N, form, table, cell, panel, search", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Suchen oder springen" }).waitFor();
    await page.keyboard.type("Ziele");
    await page.getByRole("option", { name: /^Ziele/, selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/register\/goal$/);
    await page.getByText("Noch keine Einträge unter Ziele").waitFor();
    await page.keyboard.press("n");
    await page.waitForURL(/\/register\/goal\/new$/);
    await settled(page);
    await tabTo(page, /^Ziel\b/);
    await page.keyboard.type("Lieferzeit unter zehn Tagen");
    await tabTo(page, /Stand/);
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("option").first().waitFor({ state: "hidden" });
    await page.keyboard.press("Control+s");
    await page.getByRole("heading", { level: 1, name: "Lieferzeit unter zehn Tagen" }).waitFor();

    await page.goto(`${server.url}/register/goal`);
    await page.getByText("1 von 1 Eintrag").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("Liefer");
    await page.waitForURL(/q=Liefer/);
    await page.keyboard.press("ArrowDown");
    await page.locator("tr[data-line]:focus").waitFor();
    await page.keyboard.press("F2");
    await page.locator("td[data-editing] input").waitFor();
    await page.keyboard.type(" im Mittel");
    await page.keyboard.press("Enter");
    await row(page, "Lieferzeit unter zehn Tagen im Mittel").waitFor();
    await page.locator("td[data-column]:focus").waitFor();
    await page.keyboard.press("x");
    await page.getByText("1 ausgewählt").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("1 ausgewählt").waitFor({ state: "detached" });
    await page.keyboard.press("ArrowLeft");
    await page.locator("tr[data-line]:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Geöffneter Eintrag" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "Geöffneter Eintrag" }).waitFor({ state: "detached" });

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Suchen oder springen" }).waitFor();
    await page.keyboard.type("Lieferzeit");
    await page.getByRole("option", { name: /im Mittel.*Ziel/, selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/register\/goal\/[^/]+$/);
  });
});
