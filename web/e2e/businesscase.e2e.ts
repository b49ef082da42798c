import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, demoAccounts, launch, lotse, openPage, type Server, settled, signIn, startServer } from "./harness";

const controller = {
  email: "maike.controller@nordhafen-technik.example",
  password: "nordhafen-controller",
};

// A case of an initiative is bound to a measured figure, approved by another person, and told of a later load.
describe("a business case", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let path: string;

  beforeAll(async () => {
    const dir = join(mkdtempSync(join(tmpdir(), "lotse-e2e-")), "demo");
    lotse("demo", "--data", dir);
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

  /** Sends a request as the person of the page. */
  async function call<T>(from: Page, method: string, route: string, body?: object): Promise<T> {
    return from.evaluate(
      async ({ method, route, body }) => {
        const csrf = (await (await fetch("/api/v1/session")).json()).csrf as string;
        const answer = await fetch(`/api/v1${route}`, {
          method,
          headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
          body: body && JSON.stringify(body),
        });
        return answer.json();
      },
      { method, route, body },
    ) as Promise<T>;
  }

  test("begins on the page of its initiative", async () => {
    const made = await call<{ id: string }>(page, "POST", "/records/initiative", {
      title: "Bestellungen im Portal",
      start: "2027-01-01",
      budget: { amount: "38000.00", currency: "EUR" },
    });
    await page.goto(`${server.url}/vorhaben/${made.id}`);
    await page.getByRole("button", { name: "Business Case anlegen" }).click();
    await page.waitForURL(/\/business_case\//);
    path = new URL(page.url()).pathname;
    await settled(page);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("Der Kapitalwert ist");
  });

  test("an input is bound to a figure of the demo; the server takes the value", async () => {
    const id = path.split("/").at(-1);
    const one = await call<{ value: { inputs: object[] }; version: number }>(
      page,
      "GET",
      `/records/business_case/${id}`,
    );
    await page.evaluate(
      async ({ id, version, value }) => {
        const csrf = (await (await fetch("/api/v1/session")).json()).csrf as string;
        await fetch(`/api/v1/records/business_case/${id}`, {
          method: "PATCH",
          headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf, "If-Match": `"${version}"` },
          body: JSON.stringify(value),
        });
      },
      {
        id,
        version: one.version,
        value: {
          benefits: [{ id: "margin", name: "Mehr Umsatz", class: "cash" }],
          inputs: [
            ...one.value.inputs,
            { key: "margin.price", range: { min: 800, likely: 1200, max: 2000 }, origin: "guessed" },
          ],
        },
      },
    );
    await page.reload();
    await settled(page);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toMatch(
      /liegt zwischen .+ und .+ Wahrscheinlich/,
    );
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Mehr Umsatz, Preis: an Messwert binden" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Kennzahl" }).fill("Umsatz");
    await page.getByRole("option", { name: "Umsatz", exact: true }).click();
    await dialog.getByLabel("Faktor").fill("0,002");
    await dialog.getByRole("button", { name: "An Messwert binden" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("heading", { name: "Messwerte" }).waitFor();
    await page.getByText(/mal 0,0020, gemessen am/).waitFor();
  });

  test("a changed assumption shows what it comes to before it is saved", async () => {
    await page.getByLabel("Umsetzung, Betrag, hoch").fill("60000");
    await page.getByText(/^Entwurf, nicht gesichert: /).waitFor();
    await page.getByRole("button", { name: "Sichern", exact: true }).click();
    await page.getByText(/^Entwurf, nicht gesichert: /).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Vorlegen" }).click();
    await page.getByRole("button", { name: "Zurückziehen" }).waitFor();
  });

  test("another person approves it", async () => {
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    const { page: other, problems: others } = await openPage(context);
    other.setDefaultTimeout(60_000);
    await signIn(other, server, controller, { scheme: "light", lang: "de" });
    await other.goto(server.url + path);
    await other.getByRole("button", { name: "Freigeben" }).click();
    await other.getByText(/^Freigegeben ist Fassung \d+\.$/).waitFor();
    expect(others).toEqual([]);
    await context.close();
  });

  test("a later load changes the measurement and the case says so", async () => {
    const id = path.split("/").at(-1);
    const one = await call<{ value: { bindings: { from: string }[] } }>(page, "GET", `/records/business_case/${id}`);
    const file = join(mkdtempSync(join(tmpdir(), "lotse-e2e-")), "orders.csv");
    const day = `${one.value.bindings[0]?.from.slice(0, 8)}15`;
    writeFileSync(file, `order_id,time,net\nnachtrag-1,${day}T10:00:00,250000\n`);
    lotse("import", file, "--table", "orders", "--data", server.dir);
    await page.goto(server.url + path);
    await page.getByText("Messwert seither geändert").waitFor();
    await page.getByText(/im Business Case .+, heute /).waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("stands in English, on a phone and in the dark, without sliding sideways", async () => {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 390, height: 844 } });
    const { page: phone, problems: others } = await openPage(context);
    phone.setDefaultTimeout(60_000);
    await signIn(phone, server, controller, { scheme: "dark", lang: "en" });
    await phone.goto(server.url + path);
    await phone.getByText("Measurement has changed since").waitFor();
    await settled(phone);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await axe(phone)).toEqual([]);
    await shot(phone, "phone");
    await phone.getByRole("link", { name: "To the initiative" }).click();
    await phone.getByRole("heading", { name: /^Business case/ }).waitFor();
    await settled(phone);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await shot(phone, "initiative");
    expect(others).toEqual([]);
    await context.close();
    await shot(page, "wide");
  });
});

/** A picture to look at, where a folder for it is named. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.LOTSE_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `business-case-${name}.png`), fullPage: true });
}
