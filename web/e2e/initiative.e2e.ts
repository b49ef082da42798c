import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  axe,
  demoAccounts,
  launch,
  lotse,
  openPage,
  type Server,
  settled,
  signIn,
  startServer,
  tabTo,
} from "./harness";
import { enter } from "./keys";
import { api, choose } from "./records";

// From a finding through a gate, by two people and without a pointer: nothing here clicks.
describe("a finding becomes an initiative that passes a gate", () => {
  let server: Server;
  let browser: Browser;
  let officer: Page;
  const problems: string[][] = [];
  let path: string;

  const person = async (account: { email: string; password: string }): Promise<Page> => {
    const context: BrowserContext = await browser.newContext({
      locale: "de-DE",
      viewport: { width: 1440, height: 900 },
    });
    const opened = await openPage(context);
    opened.page.setDefaultTimeout(60_000);
    problems.push(opened.problems);
    await enter(opened.page, server, account);
    return opened.page;
  };

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "lotse-initiative-"));
    lotse("demo", "--data", dir, "--scale", "0.1");
    server = await startServer(dir);
    browser = await launch();
    officer = await person(demoAccounts.officer);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("one press on the finding's page makes the initiative", async () => {
    const id = await officer.evaluate(async () => {
      const list = await (await fetch("/api/v1/findings")).json();
      return list.items.find((item: { evidence: { metric: string } }) => item.evidence.metric !== "").id as string;
    });
    await officer.goto(`${server.url}/befunde/${id}`);
    await officer.getByRole("button", { name: /Vorhaben daraus machen/ }).waitFor();
    await tabTo(officer, /Vorhaben daraus machen/);
    await officer.keyboard.press("Enter");
    await officer.waitForURL(/\/vorhaben\/[a-z0-9]+$/);
    path = new URL(officer.url()).pathname;
    await officer.getByRole("heading", { name: "Tor 1: Bewertung" }).waitFor();
    await officer.getByText(/^Gemessen am \d\d\.\d\d\.\d{4}$/).waitFor();
    await officer.getByText(/^Heute, \d\d\.\d\d\.\d{4}$/).waitFor();
  });

  test("the gate stays shut while data protection is open", async () => {
    const status = await officer.evaluate(async (id) => {
      const session = await (await fetch("/api/v1/session")).json();
      const answer = await fetch(`/api/v1/records/initiative/${id}`, {
        method: "PATCH",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": session.csrf, "If-Match": "*" },
        body: JSON.stringify({
          baseline: "Stand der letzten zwölf Monate",
          stop_criteria: "Nach drei Monaten keine Wirkung",
          gdpr: "open",
          budget: { amount: "20000", currency: "EUR" },
        }),
      });
      return answer.status;
    }, path.split("/").at(-1));
    expect(status).toBe(200);
    await officer.reload();
    await officer.getByRole("heading", { name: "Tor 1: Bewertung" }).waitFor();
    await tabTo(officer, /^Nach/);
    await officer.keyboard.press("Enter");
    const mvp = officer.getByRole("option", { name: "MVP" });
    await mvp.waitFor();
    for (let i = 0; i < 10 && (await mvp.getAttribute("data-combobox-selected")) === null; i++) {
      await officer.keyboard.press("ArrowDown"); // the list may still be taking the focus
    }
    await officer.keyboard.press("Enter");
    await officer.getByRole("heading", { name: "Tor 2: MVP" }).waitFor();
    await officer.getByText("Der Datenschutz ist geprüft").waitFor();
    await tabTo(officer, /^Anmerkung/);
    await officer.keyboard.type("Business Case und Auftraggeber folgen im Januar.");
    await tabTo(officer, /^Dem Tor vorlegen/);
    await officer.keyboard.press("Enter");
    await officer.getByText("Das Tor bleibt zu, solange Pflichtpunkte offen sind.").waitFor();
    await officer.getByText("Noch offen: Der Datenschutz ist geprüft.").waitFor();
    expect(await axe(officer)).toEqual([]);
  });

  test("the officer closes the point and proposes; deciding is not offered to them", async () => {
    await tabTo(officer, /^Als geprüft vermerken/);
    await officer.keyboard.press("Enter");
    await officer.getByRole("button", { name: "Als geprüft vermerken" }).waitFor({ state: "detached" });
    await tabTo(officer, /^Dem Tor vorlegen/);
    await officer.keyboard.press("Enter");
    await officer.getByRole("button", { name: "Vorlage zurückziehen" }).waitFor();
    expect(await officer.getByRole("button", { name: "Tor öffnen" }).count()).toBe(0);
  });

  test("the leader opens the gate with a reason, which stays in its history", async () => {
    const leader = await person(demoAccounts.leader);
    await leader.goto(`${server.url}/vorhaben`);
    await leader.getByText("2 Tore warten auf Entscheidung.").waitFor();
    await leader.goto(server.url + path);
    await leader.getByRole("button", { name: "Tor öffnen" }).waitFor();
    await tabTo(leader, /^Tor öffnen/);
    await leader.keyboard.press("Enter");
    await leader.getByText("Eine Entscheidung braucht ihre Begründung.").first().waitFor();
    await tabTo(leader, /^Begründung der Entscheidung/);
    await leader.keyboard.type("Der Nutzen ist plausibel, das Budget steht.");
    await tabTo(leader, /^Tor öffnen/);
    await leader.keyboard.press("Enter");
    await leader.getByRole("heading", { name: "Tor 3: Pilot" }).waitFor();
    await leader.getByText("Der Nutzen ist plausibel, das Budget steht.").first().waitFor();
    const here = leader.getByRole("list", { name: "Weg durch die Phasen" }).locator("[aria-current=step]");
    expect(await here.innerText()).toContain("MVP");
    await settled(leader);
    expect(await axe(leader)).toEqual([]);
  });

  test("list, board, templates and ranking have no finding of axe", async () => {
    for (const page of ["/vorhaben", "/vorhaben?view=board&show=all", "/vorhaben/rang"]) {
      await officer.goto(server.url + page);
      await settled(officer);
      expect([page, ...(await axe(officer))]).toEqual([page]);
    }
    await officer.goto(`${server.url}/vorhaben`);
    await tabTo(officer, /^Aus Vorlage/);
    await officer.keyboard.press("Enter");
    const dialog = officer.getByRole("dialog", { name: "Aus Vorlage" });
    await dialog.getByRole("button", { name: "Vorhaben anlegen" }).waitFor();
    expect(await axe(officer)).toEqual([]);
    await tabTo(officer, /^E-Rechnung$/);
    await officer.keyboard.press("Enter");
    await dialog.getByText("Stammdaten fehlen").waitFor();
    await tabTo(officer, /^Vorhaben anlegen/);
    await officer.keyboard.press("Enter");
    await officer.waitForURL(/\/vorhaben\/[a-z0-9]+$/);
    await officer.getByRole("link", { name: "Stammdaten fehlen" }).waitFor();
    // A gate that stays shut and a reason that is missing answer 422, which the browser notes.
    expect(problems.flat().filter((line) => !/status of 422/.test(line))).toEqual([]);
  });
});

// The work of an initiative on its board, and the meeting that decides on it.
describe("work and meetings", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "lotse-work-"));
    lotse("demo", "--data", dir, "--scale", "0.05");
    server = await startServer(dir);
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(60_000);
    await signIn(page, server, demoAccounts.officer, { scheme: "light", lang: "de" });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const column = (name: string): Locator => page.getByRole("region", { name, exact: true });
  const card = (where: string, title: string): Locator =>
    column(where).getByRole("listitem").filter({ hasText: title });
  let initiative: string;

  test("work items are added in one line", async () => {
    initiative = (await api(page, "POST", "/records/initiative", { title: "Bestellungen im Portal" })).body.id;
    await page.goto(`${server.url}/vorhaben/${initiative}`);
    await page.getByText("Noch kein Arbeitspaket.").waitFor();
    const add = async (title: string, due: string, effort: string): Promise<void> => {
      await page.getByLabel("Neues Arbeitspaket").fill(title);
      await page.getByLabel("Termin", { exact: true }).fill(due);
      await page.getByLabel("Aufwand", { exact: true }).fill(effort);
      await page.getByLabel("Aufwand", { exact: true }).press("Enter");
      await card("offen", title).waitFor();
      expect(await page.getByLabel("Neues Arbeitspaket").inputValue()).toBe("");
    };
    await add("Schnittstelle klären", "15.01.2030", "3,5");
    await add("Werften befragen", "", "2");
    await add("Texte schreiben", "02.01.2024", "");
    // 3.5 and 2 days are estimated, one item is not.
    await page
      .getByText("0 von 3 erledigt · Aufwand 5,5 PT, davon erledigt 0, geleistet – · 1 ohne Schätzung")
      .waitFor();
    await card("offen", "Schnittstelle klären").getByText("15.01.2030 · 3,5 PT").waitFor();
    await card("offen", "Texte schreiben").getByText("fällig seit 02.01.2024").waitFor();
    await page.getByText("Ein Arbeitspaket ist überfällig.").waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
  });

  test("a card is drawn to another column, and goes on by keyboard without losing its place", async () => {
    await card("offen", "Werften befragen").dragTo(column("in Arbeit"));
    await card("in Arbeit", "Werften befragen").waitFor();
    await page.getByRole("button", { name: "„Werften befragen“ nach „wartet“" }).focus();
    await page.keyboard.press("Enter");
    await card("wartet", "Werften befragen").waitFor();
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label") === "„Werften befragen“ nach „erledigt“",
    );
    await page.keyboard.press("Enter");
    await card("erledigt", "Werften befragen").waitFor();
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label") === "„Werften befragen“ nach „wartet“",
    );
    await page.getByText(/^1 von 3 erledigt · Aufwand 5,5 PT, davon erledigt 2,/).waitFor();
    const kept = await api(page, "GET", `/records/work_item?filter=initiative:eq:${initiative}&filter=status:eq:done`);
    expect(kept.body.items).toMatchObject([{ value: { title: "Werften befragen", status: "done" } }]);
    expect(kept.body.items[0].value.done).toMatch(/^\d{4}-\d\d-\d\d$/);
    await page.reload();
    await card("erledigt", "Werften befragen").waitFor();
    await page.getByRole("button", { name: "„Werften befragen“ nach „wartet“" }).click();
    await card("wartet", "Werften befragen").waitFor();
    const open = await api(page, "GET", `/records/work_item/${kept.body.items[0].id}`);
    expect(open.body.value.done).toBeUndefined();
  });

  test("a meeting takes over what is due, but for what is dropped", async () => {
    const list = await api(
      page,
      "GET",
      `/records/meeting?filter=${encodeURIComponent("title:eq:Lenkungskreis, nächste Sitzung")}`,
    );
    await page.goto(`${server.url}/register/meeting/${list.body.items[0].id}`);
    await page.getByRole("heading", { name: "Vorschlag zur Tagesordnung" }).waitFor();
    await settled(page);
    expect(await page.getByText(/@nordhafen-technik/).count()).toBe(0);
    const topics = page.getByRole("checkbox");
    const proposed = await topics.count();
    const dropped = "Überfällig: Warenwirtschaft in der Cloud betreiben";
    await page.getByRole("checkbox", { name: dropped }).uncheck();
    await page.getByRole("button", { name: `Punkte übernehmen (${proposed - 1})` }).click();
    await page.getByRole("button", { name: "Punkte übernehmen (0)" }).waitFor();
    expect(await topics.count()).toBe(1);
    const { body: kept } = await api(page, "GET", `/records/meeting/${list.body.items[0].id}`);
    expect(kept.value.agenda).toHaveLength(2 + proposed - 1);
    expect(kept.value.agenda.some((one: { title: string }) => one.title.startsWith(dropped))).toBe(false);
    await page.getByRole("group", { name: `Tagesordnung, Zeile ${1 + proposed}` }).waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
  });

  test("its decisions and minutes are noted on its page", async () => {
    const note = page.getByRole("button", { name: "Beschluss festhalten" });
    const decided = page.locator("section").filter({ has: page.getByRole("heading", { name: "Beschlüsse" }) });
    await choose(page, "Punkt der Tagesordnung", "Zweiter Dienstleister für das Portal");
    await choose(page, "Ausgang", "angenommen");
    await note.click();
    await page.getByText("Eine Entscheidung braucht ihre Begründung.").waitFor();
    await page.getByLabel("Begründung", { exact: true }).fill("Der erste ist bis April ausgelastet.");
    await note.click();
    await decided.getByRole("link", { name: "Zweiter Dienstleister für das Portal" }).waitFor();
    await decided.getByText("angenommen · Der erste ist bis April ausgelastet.").waitFor();
    await page.getByLabel("Beschluss", { exact: true }).fill("Nächste Sitzung in Kiel");
    await choose(page, "Ausgang", "vertagt");
    await note.click();
    await decided.getByRole("link", { name: "Nächste Sitzung in Kiel" }).waitFor();
    await page.getByLabel("Protokoll", { exact: true }).fill("Der zweite Dienstleister beginnt im Februar.");
    await page.getByRole("button", { name: /^Sichern/ }).click();
    await page.waitForFunction(async (path) => {
      const one = await (await fetch(`/api/v1/records/meeting/${path.split("/").at(-1)}`)).json();
      return one.value.minutes === "Der zweite Dienstleister beginnt im Februar.";
    }, page.url());
    await page.reload();
    await decided.getByText("angenommen · Der erste ist bis April ausgelastet.").waitFor();
    expect(await page.getByLabel("Protokoll", { exact: true }).inputValue()).toBe(
      "Der zweite Dienstleister beginnt im Februar.",
    );
    await settled(page);
    expect(await axe(page)).toEqual([]);
    expect(problems.filter((line) => !/status of 422/.test(line))).toEqual([]);
  });
});
