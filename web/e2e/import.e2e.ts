import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, createFirstAccount, launch, openPage, type Server, settled, startServer } from "./harness";
import { becomeOfficer } from "./records";

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text, "latin1") });

describe("import of a register", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(20_000);
    await createFirstAccount(page, server);
    await becomeOfficer(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("a file of another tool is mapped, rehearsed, loaded without its bad row and taken back", async () => {
    await page.goto(`${server.url}/register/risk`);
    await page.getByRole("button", { name: "Einlesen" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .locator("input[type=file]")
      .setInputFiles(
        file(
          "alt.csv",
          "Bezeichnung;Fällig;Eintritt\nBrand im Lager für Öl;24.12.2026;10 / 20 / 40\nFlut;bald;5\nFrost;;\n",
        ),
      );
    await dialog.getByRole("combobox", { name: "Feld für Bezeichnung" }).click();
    await page.getByRole("option", { name: "Risiko", exact: true }).click();
    await dialog.getByText("3 neu").waitFor();
    await dialog.getByRole("combobox", { name: "Feld für Fällig" }).click();
    await page.getByRole("option", { name: "Termin", exact: true }).click();
    await dialog.getByText("2 neu, 0 geändert, 0 unverändert, 1 nicht passend").waitFor();
    await dialog.getByRole("cell", { name: "bald", exact: true }).waitFor();
    if (process.env.LOTSE_SHOTS) await page.screenshot({ path: `${process.env.LOTSE_SHOTS}/import.png` });
    expect(await axe(page)).toEqual([]);
    const saved = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Als Datei sichern" }).click();
    expect((await saved).suggestedFilename()).toMatch(/\.csv$/);

    expect(await dialog.getByRole("button", { name: "2 Zeilen übernehmen" }).isDisabled()).toBe(true);
    await dialog.getByRole("checkbox", { name: "Die Zeile, die nicht passt, auslassen" }).check();
    await dialog.getByRole("button", { name: "2 Zeilen übernehmen" }).click();
    await dialog.getByText("Eingelesen: 2 neu, 0 geändert, 0 unverändert, 1 ausgelassen").waitFor();
    await page.locator("tr[data-line]").filter({ hasText: "Brand im Lager für Öl" }).waitFor();
    if (process.env.LOTSE_SHOTS) await page.screenshot({ path: `${process.env.LOTSE_SHOTS}/import-done.png` });

    await dialog.getByRole("button", { name: "Rückgängig machen" }).click();
    await dialog.getByText("Alles ist wieder wie vor dem Einlesen.").waitFor();
    await dialog.getByRole("button", { name: "Schließen" }).last().click();
    await settled(page);
    expect(await page.locator("tr[data-line]").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("the rows left out are saved, corrected and loaded again", async () => {
    await page.goto(`${server.url}/register/risk`);
    await settled(page);
    await page.getByRole("button", { name: "Einlesen" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .locator("input[type=file]")
      .setInputFiles(file("neu.csv", "Risiko;Termin;Eintritt\nSturm;24.12.2026;10\nHagel;bald;5\n"));
    await dialog.getByRole("checkbox", { name: "Die Zeile, die nicht passt, auslassen" }).check();
    await dialog.getByRole("button", { name: "1 Zeile übernehmen" }).click();
    await dialog.getByText("Eingelesen: 1 neu, 0 geändert, 0 unverändert, 1 ausgelassen").waitFor();
    const saved = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Als Datei sichern" }).click();
    const rows = readFileSync(await (await saved).path(), "utf8");
    expect(rows).toContain("Hagel");
    expect(rows).not.toContain("Sturm");
    await dialog.getByRole("button", { name: "Weitere Datei" }).click();
    await dialog.locator("input[type=file]").setInputFiles({
      name: "berichtigt.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(rows.replace("bald", "31.12.2026")),
    });
    await dialog.getByText("1 neu, 0 geändert, 0 unverändert, 0 nicht passend").waitFor();
    await dialog.getByRole("button", { name: "1 Zeile übernehmen" }).click();
    await dialog.getByText("Eingelesen: 1 neu, 0 geändert, 0 unverändert, 0 ausgelassen").waitFor();
    await page.locator("tr[data-line]").filter({ hasText: "Hagel" }).getByText("31.12.2026").waitFor();
    expect(problems).toEqual([]);
  });

  test("a long one shows how far it is and is cancelled", async () => {
    await page.goto(`${server.url}/register/risk`);
    await settled(page);
    const before = await page.locator("tr[data-line]").count();
    await page.getByRole("button", { name: "Einlesen" }).click();
    const dialog = page.getByRole("dialog");
    const lines = Array.from({ length: 15_000 }, (_, n) => `Nr. ${n};10`).join("\n");
    await dialog.locator("input[type=file]").setInputFiles(file("lang.csv", `Risiko;Eintritt\n${lines}\n`));
    await dialog.getByRole("button", { name: "15.000 Zeilen übernehmen" }).click({ timeout: 60_000 });
    await dialog.getByRole("progressbar").waitFor();
    await dialog.getByText("Das Einlesen geht weiter").waitFor();
    await dialog.getByRole("button", { name: "Abbrechen" }).click();
    // Back at the preview, from which it can be started again.
    await dialog.getByRole("button", { name: "15.000 Zeilen übernehmen" }).waitFor({ timeout: 60_000 });
    await page.reload();
    await settled(page);
    expect(await page.locator("tr[data-line]").count()).toBe(before);
    expect(problems).toEqual([]);
  });
});
