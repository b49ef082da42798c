import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, createFirstAccount, launch, lotse, openPage, type Server, settled, startServer } from "./harness";
import { api } from "./records";

// The leader's page on an instance that is counted by hand: three orders in January 2025, the last complete month.
describe("the leader's page", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let shop: string;
  let target: string;
  let due: string;

  const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  const shown = (iso: string): string => iso.split("-").reverse().join(".");
  const euro = (amount: string): object => ({ amount, currency: "EUR" });
  const make = async (kind: string, value: object): Promise<string> => {
    const { status, body } = await api(page, "POST", `/records/${kind}`, value);
    expect([kind, status]).toEqual([kind, 201]);
    return body.id;
  };
  const load = (rows: string[]): void => {
    const file = join(mkdtempSync(join(tmpdir(), "lotse-e2e-")), "orders.csv");
    writeFileSync(file, ["order_id;time;net", ...rows, ""].join("\n"));
    lotse("import", file, "--table", "orders", "--data", server.dir);
  };
  const look = async (): Promise<void> => {
    await page.goto(`${server.url}/`);
    await settled(page);
  };
  const part = (name: string | RegExp): Locator =>
    page.locator("section").filter({ has: page.getByRole("heading", { name, level: 2 }) });

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(60_000);
    await createFirstAccount(page, server);
    const { body: me } = await api(page, "GET", "/session");
    await api(page, "PATCH", `/accounts/${me.user.id}`, { roles: ["admin", "leader", "officer"] });
    load(["Z1;2024-12-03;10", "A1;2025-01-03;10", "A2;2025-01-13;10", "A3;2025-01-23;10", "B1;2025-02-03;10"]);
    const { body: registers } = await api(page, "GET", "/records");
    const self = registers.self as string;
    target = await make("target", {
      title: "Drei im Monat",
      metric: "orders",
      line: "plan",
      owner: self,
      points: [{ from: "2025-01-01", value: 3 }],
    });
    shop = await make("initiative", {
      title: "Webshop",
      metrics: ["orders"],
      budget: euro("1000.00"),
      milestones: [{ title: "Start", due: day(-1) }],
    });
    await make("initiative", { title: "Portal", budget: euro("500.50") });
    for (const [sort, amount] of [
      ["planned", "900.00"],
      ["committed", "400.25"],
      ["spent", "120.75"],
      ["spent", "0.25"],
    ])
      await make("posting", { text: sort, initiative: shop, sort, day: day(-10), amount: euro(amount ?? "") });
    due = await make("decision", { title: "Portal beginnen", initiative: shop, owner: self, due: day(14) });
    await make("decision", { title: "Ohne jemanden", due: day(-3) });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("says in one sentence where the company stands, and what waits for the reader", async () => {
    await look();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(
      "Das eine Ziel ist auf Kurs. Zwei Entscheidungen warten auf Sie.",
    );
    await page.getByText("Aus einer Tabelle mit 5 Zeilen.").waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test("shows a figure against its target, first of all, with its chain", async () => {
    const first = page.getByRole("heading", { level: 2 }).first();
    expect(await first.innerText()).toContain("Bestellungen");
    expect(await first.getByRole("img", { name: "auf Kurs" }).count()).toBe(1);
    expect(await first.locator("xpath=following-sibling::p[1]").innerText()).toMatch(
      /^3\s+Ziel\s≥\s3\s+Plan,\s01\/2025$/,
    );
    for (const [name, value] of [
      ["Durchschnittlicher Bestellwert", "10,00"],
      ["Umsatz", "30,00"], // three orders of ten euros
    ]) {
      const tile = page.getByRole("heading", { name, level: 2 });
      expect(await tile.locator("xpath=following-sibling::p[1]/strong").innerText()).toBe(value);
    }
    // Rows, metric and initiative are there, the case is not.
    const chain = page.getByRole("button", { name: /^3 von \d+, Belegkette, 3 von \d+ vorhanden/ });
    expect(await chain.getAttribute("aria-label").then((text) => text ?? chain.innerText())).toContain("3 von");
    await chain.click();
    await page
      .getByRole("link", { name: /Webshop/ })
      .first()
      .waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
  });

  test("every figure opens what stands behind it", async () => {
    const opens = async (click: () => Promise<void>, to: string | RegExp): Promise<void> => {
      await look();
      await click();
      await page.waitForURL(typeof to === "string" ? server.url + to : to);
      await settled(page);
    };
    await opens(
      () => page.locator('a[href="/kennzahlen/orders"]').getByText("Bestellungen", { exact: true }).click(),
      "/kennzahlen/orders",
    );
    await opens(
      () => part("Entscheidungen fällig").getByRole("link", { name: "Portal beginnen" }).click(),
      `/register/decision/${due}`,
    );
    await opens(
      () =>
        page
          .getByRole("link", { name: /Webshop$/ })
          .last()
          .click(),
      `/vorhaben/${shop}`,
    );
    await opens(
      () => part("Budget der Vorhaben").getByRole("link", { name: "Ausgegeben" }).click(),
      /\/register\/posting/,
    );
    await opens(() => page.getByRole("link", { name: "Aufträge: 5 Zeilen geladen" }).click(), "/daten/orders/-");
  });

  test("counts decisions, stages and budget", async () => {
    await look();
    const rows = await part("Entscheidungen fällig").getByRole("listitem").allInnerTexts();
    expect(rows.map((text) => text.replace(/\s+/g, " ").trim())).toEqual([
      `Ohne jemanden bis ${shown(day(-3))}, überfällig`,
      `Portal beginnen Webshop bis ${shown(day(14))}`,
    ]);
    expect(
      await part("2 Vorhaben nach Phase")
        .locator("ol > li > p")
        .allInnerTexts()
        .then((list) => list.map((text) => text.replace(/\s+/g, " "))),
    ).toEqual(["2 Idee", "0 Bewertung", "0 MVP", "0 Pilot", "0 Ausbau", "0 Betrieb", "0 Abgeschlossen", "0 Gestoppt"]);
    await part("2 Vorhaben nach Phase").getByRole("img", { name: "Entscheidung fällig" }).first().waitFor();
    // 1,000.00 + 500.50 granted; 120.75 + 0.25 spent.
    const budget = part("Budget der Vorhaben");
    await budget.getByText("bewilligt 1.501\u00a0€").waitFor();
    expect(await budget.getByRole("listitem").locator("strong").allInnerTexts()).toEqual([
      "900,00\u00a0€",
      "400,25\u00a0€",
      "121,00\u00a0€",
    ]);
  });

  test("tells what a load and a changed target did", async () => {
    load(["B2;2025-02-13;10", "C1;2025-03-03;10"]); // February is complete now, with two orders
    await look();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("Das eine Ziel ist nicht auf Kurs.");
    const changes = part("In den letzten zwei Wochen");
    await changes.getByRole("link", { name: "Aufträge: 2 Zeilen geladen" }).waitFor();
    await changes.getByRole("link", { name: "Drei im Monat: auf Kurs → verfehlt" }).waitFor();
    const first = page.getByRole("heading", { level: 2 }).first();
    await first.getByRole("img", { name: "verfehlt" }).waitFor();
    expect(await first.locator("xpath=following-sibling::p[1]").innerText()).toMatch(
      /^2\s+Ziel\s≥\s3\s+Plan,\s02\/2025$/,
    );
    await api(page, "PATCH", `/records/target/${target}`, { points: [{ from: "2025-01-01", value: 2 }] }, "*");
    await look();
    await first.getByRole("img", { name: "auf Kurs" }).waitFor();
    expect(await first.locator("xpath=following-sibling::p[1]").innerText()).toMatch(
      /^2\s+Ziel\s≥\s2\s+Plan,\s02\/2025$/,
    );
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("Das eine Ziel ist auf Kurs.");
    await api(
      page,
      "PATCH",
      `/records/decision/${due}`,
      { outcome: "accepted", reason: "Passt", decided: day(0) },
      "*",
    );
    await look();
    await changes.getByRole("link", { name: "Angenommen: Portal beginnen" }).click();
    await page.waitForURL(`${server.url}/register/decision/${due}`);
    expect(problems).toEqual([]);
  });
});
