import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  binary,
  createFirstAccount,
  launch,
  loadFile,
  lotse,
  openPage,
  type Server,
  settled,
  sharedData,
  signIn,
  startServer,
} from "./harness";

const receipt = sharedData("eventlogs", "receipt.csv.gz");
const password = "ein langes Kennwort 14";

/** Calls the API as the person of the page. */
async function call<T>(page: Page, method: string, route: string, body?: object, match?: string): Promise<T> {
  return page.evaluate(
    async ({ method, route, body, match }) => {
      const csrf = (await (await fetch("/api/v1/session")).json()).csrf as string;
      const answer = await fetch(`/api/v1${route}`, {
        method,
        headers: {
          "Content-Type": "application/json",
          "X-CSRF-Token": csrf,
          ...(match ? { "If-Match": match } : {}),
        },
        body: body && JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    { method, route, body, match },
  ) as Promise<T>;
}

// The whole way on a file of one's own, by three people: what was measured becomes an initiative that pays, is decided
// twice by somebody else, and keeps its number when a later load measures another one.
describe.skipIf(!receipt)("from a file to a decided initiative", () => {
  let server: Server;
  let browser: Browser;
  let officer: Page;
  let controller: Page;
  let leader: Page;
  const problems: string[][] = [];
  let initiative: string;
  let title: string;
  let businessCase: string;

  async function person(role: string): Promise<Page> {
    const email = `${role}@nordhafen.example`;
    const roles = ["--role", role, "--name", role];
    execFileSync(binary, ["user", "add", email, "--password-stdin", ...roles, "--data", server.dir], {
      input: `${password}\n`,
    });
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    const opened = await openPage(context);
    opened.page.setDefaultTimeout(60_000);
    problems.push(opened.problems);
    await signIn(opened.page, server, { email, password }, { scheme: "light", lang: "de" });
    return opened.page;
  }

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE" });
    const first = await openPage(context);
    await createFirstAccount(first.page, server);
    await context.close();
    officer = await person("officer");
    controller = await person("controller");
    leader = await person("leader");
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the officer loads the log by the wizard and a finding becomes an initiative in one click", async () => {
    await loadFile(officer, server, receipt as string);
    await officer.goto(`${server.url}/befunde`);
    await settled(officer);
    const id = await officer.evaluate(async () => {
      const list = await (await fetch("/api/v1/findings")).json();
      return list.items.find((item: { evidence: { metric: string } }) => item.evidence.metric !== "").id as string;
    });
    await officer.goto(`${server.url}/befunde/${id}`);
    await officer.getByRole("button", { name: /Vorhaben daraus machen/ }).click();
    await officer.waitForURL(/\/vorhaben\/[a-z0-9]+$/);
    initiative = new URL(officer.url()).pathname;
    await officer.getByRole("heading", { name: "Tor 1: Bewertung" }).waitFor();
    title = await officer.getByRole("heading", { level: 1 }).innerText();
    await officer.getByText(/^Gemessen am \d\d\.\d\d\.\d{4}$/).waitFor();
  });

  test("its business case is bound to the measured metric", async () => {
    const id = initiative.split("/").at(-1) as string;
    await call(
      officer,
      "PATCH",
      `/records/initiative/${id}`,
      {
        start: "2027-01-01",
        go_live: "2027-09-30",
        budget: { amount: "38000.00", currency: "EUR" },
        metrics: ["case_duration_median"],
        baseline: "Median der letzten zwölf Monate",
        stop_criteria: "Nach drei Monaten keine Wirkung",
        gdpr: "open",
      },
      "*",
    );
    await officer.goto(server.url + initiative);
    await officer.getByRole("button", { name: "Business Case anlegen" }).click();
    await officer.waitForURL(/\/business_case\//);
    businessCase = new URL(officer.url()).pathname;
    const caseID = businessCase.split("/").at(-1);
    await settled(officer);
    const one = await call<{ value: { inputs: object[]; benefits?: object[] }; version: number }>(
      officer,
      "GET",
      `/records/business_case/${caseID}`,
    );
    await call(
      officer,
      "PATCH",
      `/records/business_case/${caseID}`,
      {
        benefits: [...(one.value.benefits ?? []), { id: "speed", name: "Kürzere Bearbeitung", class: "cash" }],
        inputs: [...one.value.inputs, { key: "speed.price", range: { min: 1, likely: 2, max: 3 }, origin: "guessed" }],
      },
      `"${one.version}"`,
    );
    await officer.reload();
    await settled(officer);
    await officer.getByRole("button", { name: "Kürzere Bearbeitung, Preis: an Messwert binden" }).click();
    const dialog = officer.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Kennzahl" }).fill("Durchlaufzeit");
    await officer
      .getByRole("option", { name: /Durchlaufzeit/ })
      .first()
      .click();
    await dialog.getByLabel("Faktor").fill("10");
    await dialog.getByRole("button", { name: "An Messwert binden" }).click();
    await dialog.waitFor({ state: "hidden" });
    await officer.getByRole("heading", { name: "Messwerte" }).waitFor();
    await officer
      .getByText(/mal 10.*, gemessen am/)
      .first()
      .waitFor();
    await officer.getByRole("button", { name: "Vorlegen" }).click();
    await officer.getByRole("button", { name: "Zurückziehen" }).waitFor();
    expect(await officer.getByRole("button", { name: "Freigeben" }).count()).toBe(0);
  });

  test("the controller approves what the officer laid before", async () => {
    await controller.goto(server.url + businessCase);
    await controller.getByRole("button", { name: "Freigeben" }).click();
    await controller.getByText(/^Freigegeben ist Fassung \d+\.$/).waitFor();
  });

  test("it stands on the roadmap", async () => {
    await officer.goto(`${server.url}/fahrplan`);
    await settled(officer);
    await officer
      .getByRole("button", { name: new RegExp(`^${title.slice(0, 20).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`) })
      .waitFor();
  });

  test("the gate is refused while data protection is open", async () => {
    await officer.goto(server.url + initiative);
    await officer.getByRole("heading", { name: "Tor 1: Bewertung" }).waitFor();
    await officer.getByRole("combobox", { name: "Nach", exact: true }).click();
    await officer.getByRole("option", { name: "MVP" }).click();
    await officer.getByRole("heading", { name: "Tor 2: MVP" }).waitFor();
    await officer.getByLabel("Anmerkung").fill("Auftraggeber und Risiken folgen im Januar.");
    await officer.getByRole("button", { name: "Dem Tor vorlegen" }).click();
    await officer.getByText("Das Tor bleibt zu, solange Pflichtpunkte offen sind.").waitFor();
    await officer.getByText("Noch offen: Der Datenschutz ist geprüft.").waitFor();
  });

  test("and passed with a reason by the leader once it is checked", async () => {
    await officer.getByRole("button", { name: "Als geprüft vermerken" }).click();
    await officer.getByRole("button", { name: "Als geprüft vermerken" }).waitFor({ state: "detached" });
    await officer.getByRole("button", { name: "Dem Tor vorlegen" }).click();
    await officer.getByRole("button", { name: "Vorlage zurückziehen" }).waitFor();
    await leader.goto(server.url + initiative);
    await leader.getByRole("button", { name: "Tor öffnen" }).click();
    await leader.getByText("Eine Entscheidung braucht ihre Begründung.").first().waitFor();
    await leader.getByLabel("Begründung der Entscheidung").fill("Der Nutzen ist plausibel, das Budget steht.");
    await leader.getByRole("button", { name: "Tor öffnen" }).click();
    await leader.getByRole("heading", { name: "Tor 3: Pilot" }).waitFor();
    const here = leader.getByRole("list", { name: "Weg durch die Phasen" }).locator("[aria-current=step]");
    expect(await here.innerText()).toContain("MVP");
  });

  test("a later load changes the measurement and the case says so", async () => {
    const one = await call<{ value: { bindings: { metric?: string; from: string; process: string }[] } }>(
      officer,
      "GET",
      `/records/business_case/${businessCase.split("/").at(-1)}`,
    );
    const bound = one.value.bindings.find((b) => b.metric);
    const month = bound?.from.slice(0, 8);
    const file = join(mkdtempSync(join(tmpdir(), "lotse-e2e-")), "nachtrag.csv");
    const rows = Array.from({ length: 2_000 }, (_, n) => [
      `nachtrag-${n},Confirmation of receipt,${month}01T08:00:00Z`,
      `nachtrag-${n},T02 Check confirmation of receipt,${month}27T16:00:00Z`,
    ]).flat();
    writeFileSync(file, `case_id,activity,time\n${rows.join("\n")}\n`);
    lotse("import", file, "--table", "events", "--process", bound?.process ?? "", "--data", server.dir);
    await officer.goto(server.url + businessCase);
    await officer.getByText("Messwert seither geändert").waitFor();
    await officer.getByText(/im Business Case .+, heute /).waitFor();
  });

  test("the leader's page shows the initiative", async () => {
    await leader.goto(`${server.url}/`);
    await settled(leader);
    await leader.getByRole("heading", { name: "Ein Vorhaben nach Phase" }).waitFor();
    await leader.getByRole("link", { name: title }).first().waitFor();
    expect(problems.flat().filter((line) => !/status of 422/.test(line))).toEqual([]);
  });
});
