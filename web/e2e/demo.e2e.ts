import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, createFirstAccount, launch, openPage, type Server, settled, startServer } from "./harness";

// An empty instance becomes the demo company and is emptied again, by the person who keeps it.
describe("practising with the demo company", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let account: { email: string; password: string };

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(60_000);
    await createFirstAccount(page, server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the welcome page makes the demo company, with progress, and shows its accounts once", async () => {
    await page.getByRole("button", { name: /Mit der Musterfirma üben/ }).click();
    const question = page.getByRole("dialog", { name: "Mit der Musterfirma üben" });
    await question.getByText(/Ihr Konto bleibt/).waitFor();
    await question.getByRole("button", { name: "Musterfirma anlegen" }).click();
    const making = page.getByRole("dialog", { name: "Die Musterfirma entsteht" });
    const row = making.getByRole("row", { name: /karin\.viewer/ });
    account = {
      email: await row.getByRole("cell").nth(1).innerText(),
      password: await row.getByRole("cell").nth(2).innerText(),
    };
    expect(account.password).toMatch(/^[A-Z0-9]{16}$/);
    await making.getByText("Fertig.").waitFor();
    expect(await axe(page)).toEqual([]);
    await making.getByRole("button", { name: "Musterfirma öffnen" }).click();
    await page.getByText("Sie sehen eine Musterfirma. Alle Daten sind simuliert.").waitFor();
    await settled(page);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toMatch(/Auf Kurs bei \d+ von \d+ Zielen/);
    await page.goto(`${server.url}/kennzahlen`);
    await page.getByRole("heading", { name: /Durchlaufzeit bis Lieferung/ }).waitFor();
  });

  test("an account of the demo company signs in with the password that was shown", async () => {
    const context = await browser.newContext({ locale: "de-DE" });
    const { page: other } = await openPage(context);
    await other.goto(`${server.url}/anmelden`);
    await other.locator("input[type=email]").fill(account.email);
    await other.locator("input[type=password]").fill(account.password);
    await other.locator("button[type=submit]").click();
    await other.waitForURL(`${server.url}/`);
    await other.getByRole("button", { name: "Menü von Karin Brandt" }).waitFor();
    await context.close();
  });

  test("starting over leaves the acting account alone in an empty instance", async () => {
    await page.getByRole("button", { name: "Mit eigenen Daten neu beginnen" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Mit eigenen Daten neu beginnen" }).click();
    await page.getByRole("button", { name: /Mit der Musterfirma üben/ }).waitFor();
    await page.getByText("Noch keine Daten geladen.").waitFor();
    expect(await page.getByText("Sie sehen eine Musterfirma").count()).toBe(0);
    await page.goto(`${server.url}/konten`);
    await page.getByRole("cell", { name: "j.albers@nordhafen.example" }).waitFor();
    expect(await page.getByText("@nordhafen-technik.example").count()).toBe(0);
  });

  test("nothing went wrong in the browser on the way", () => {
    expect(problems).toEqual([]);
  });
});
