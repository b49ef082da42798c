import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoAccounts, launch, lotse, openPage, type Server, settled, startServer, tabTo } from "./harness";
import { enter, held, pick, press, tabToField, write } from "./keys";
import { api } from "./records";

// From a finding of the demo company to a decided initiative by keyboard alone, by three people: nothing here clicks, and no step loses the focus.
describe("from a finding to a gate by keyboard alone", () => {
  let server: Server;
  let browser: Browser;
  let officer: Page;
  let controller: Page;
  let leader: Page;
  const problems: string[][] = [];
  let initiative: string;
  let businessCase: string;
  let title: string;

  const person = async (account: { email: string; password: string }): Promise<Page> => {
    const context = await browser.newContext({
      locale: "de-DE",
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
    });
    const opened = await openPage(context);
    opened.page.setDefaultTimeout(60_000);
    problems.push(opened.problems);
    await enter(opened.page, server, account);
    return opened.page;
  };

  /** Opens an address as from a bookmark and waits for its content. */
  const open = async (page: Page, path: string): Promise<void> => {
    await page.goto(server.url + path);
    await settled(page);
  };

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "lotse-keyloop-"));
    lotse("demo", "--data", dir, "--scale", "0.3");
    server = await startServer(dir);
    browser = await launch();
    officer = await person(demoAccounts.officer);
    controller = await person(demoAccounts.controller);
    leader = await person(demoAccounts.leader);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("a finding becomes an initiative, which gets its dates and its budget in the form", async () => {
    const list = await api(officer, "GET", "/findings");
    const finding = list.body.items.find((item: { evidence: { metric: string } }) => item.evidence.metric !== "");
    await open(officer, `/befunde/${finding.id}`);
    await press(officer, /Vorhaben daraus machen/);
    await officer.waitForURL(/\/vorhaben\/[a-z0-9]+$/);
    initiative = new URL(officer.url()).pathname;
    await officer.getByRole("heading", { name: "Tor 1: Bewertung" }).waitFor();
    title = await officer.getByRole("heading", { level: 1 }).innerText();
    await press(officer, /^Bearbeiten$/);
    await officer.waitForURL(/\/register\/initiative\//);
    await settled(officer);
    for (const [field, text] of [
      ["start", "01.03.2027"],
      ["go_live", "30.09.2027"],
      ["budget", "38000"],
    ] as const) {
      await tabToField(officer, field);
      await write(officer, text);
    }
    await tabToField(officer, "gdpr");
    await pick(officer, "offen");
    await tabToField(officer, "baseline");
    await write(officer, "Median der letzten zwölf Monate");
    await tabToField(officer, "stop_criteria");
    await write(officer, "Nach drei Monaten keine Wirkung");
    await officer.keyboard.press("Control+s");
    await officer.waitForFunction(async (path) => {
      const one = await (await fetch(`/api/v1/records/initiative/${path.split("/").at(-1)}`)).json();
      return one.value.gdpr === "open" && one.value.stop_criteria && one.value.budget && one.value.go_live;
    }, initiative);
    await held(officer);
  });

  test("its business case is bound to the measured metric and proposed", async () => {
    await open(officer, initiative);
    await press(officer, /^Business Case anlegen/);
    await officer.waitForURL(/\/business_case\//);
    businessCase = new URL(officer.url()).pathname;
    await settled(officer);
    await press(officer, /^Nutzen hinzufügen/);
    const dialog = officer.getByRole("dialog");
    await dialog.waitFor();
    await officer.waitForFunction(() => document.activeElement?.closest("[role=dialog]"));
    await tabTo(officer, /^Nutzen$|^Bezeichnung|^Name/);
    await officer.keyboard.type("Kürzere Bearbeitung");
    await tabTo(officer, /^(Nutzen)?[Kk]lasse/);
    await pick(officer, /zahlungswirksam/);
    await tabTo(officer, /^Preis/);
    await officer.keyboard.type("2");
    await press(officer, /^Übernehmen/);
    await dialog.waitFor({ state: "hidden" });
    await held(officer);
    await press(officer, /^Sichern/);
    await officer.getByRole("button", { name: "Kürzere Bearbeitung, Preis: an Messwert binden" }).waitFor();
    await press(officer, /^Kürzere Bearbeitung, Preis: An Messwert binden/);
    await dialog.getByRole("combobox", { name: "Kennzahl" }).waitFor();
    await officer.waitForFunction(() => document.activeElement?.closest("[role=dialog]"));
    await dialog.getByRole("combobox", { name: "Kennzahl" }).focus();
    await officer.keyboard.type("Durchlaufzeit (Median)");
    await pick(officer, /Durchlaufzeit \(Median\)/);
    await tabTo(officer, /^Faktor/);
    await write(officer, "10");
    await press(officer, /^An Messwert binden$/);
    await dialog.waitFor({ state: "hidden" });
    await officer
      .getByText(/mal 10.*, gemessen am/)
      .first()
      .waitFor();
    await held(officer);
    await press(officer, /^Vorlegen$/);
    await officer.getByRole("button", { name: "Zurückziehen" }).waitFor();
    await held(officer);
    expect(await officer.getByRole("button", { name: "Freigeben" }).count()).toBe(0);
  });

  test("the controller, another person, approves it", async () => {
    await open(controller, businessCase);
    await press(controller, /^Freigeben$/);
    await controller.getByText(/^Freigegeben ist Fassung \d+\.$/).waitFor();
    await held(controller);
  });

  test("it gets its place on the roadmap", async () => {
    await open(officer, "/fahrplan");
    const bar = new RegExp(`^${title.slice(0, 20).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
    await tabTo(officer, bar, 400);
    await officer.keyboard.press("ArrowRight");
    await officer.getByText(/beginnt jetzt am 01\.04\.2027\./).waitFor();
    await held(officer);
  });

  test("the gate is refused while data protection is open", async () => {
    await open(officer, initiative);
    await tabTo(officer, /^Nach/);
    await pick(officer, "MVP");
    await officer.getByRole("heading", { name: "Tor 2: MVP" }).waitFor();
    await tabTo(officer, /^Anmerkung/);
    await officer.keyboard.type("Auftraggeber und Risiken folgen im Januar.");
    await press(officer, /^Dem Tor vorlegen/);
    await officer.getByText("Noch offen: Der Datenschutz ist geprüft.").waitFor();
    await held(officer);
  });

  test("and passed with a reason once it is checked", async () => {
    await press(officer, /^Als geprüft vermerken/);
    await officer.getByRole("button", { name: "Als geprüft vermerken" }).waitFor({ state: "detached" });
    await held(officer);
    await press(officer, /^Dem Tor vorlegen/);
    await officer.getByRole("button", { name: "Vorlage zurückziehen" }).waitFor();
    await held(officer);
    await open(leader, initiative);
    await tabTo(leader, /^Begründung der Entscheidung/);
    await leader.keyboard.type("Der Nutzen ist plausibel, das Budget steht.");
    await press(leader, /^Tor öffnen/);
    await leader.getByRole("heading", { name: "Tor 3: Pilot" }).waitFor();
    await held(leader);
  });

  test("no page wrote an error", () => {
    // A gate that stays shut answers 422, which the browser notes.
    expect(problems.flat().filter((line) => !/status of 422/.test(line))).toEqual([]);
  });
});
