import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, build, createFirstAccount, launch, openPage, type Server, settled, startServer } from "./harness";
import { api, becomeOfficer, choose, row } from "./records";

// The register "parcel" has a field of every type and is declared by one struct and one line in internal/app/newkind;
// that nobody else knows it, TestANewKindIsOneStructAndOneLine counts. Here a person meets it.
describe("a new kind", () => {
  let program: string;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let id = "";
  let exported = "";

  const value = async (): Promise<Record<string, unknown>> =>
    (await api(page, "GET", `/records/parcel/${id}`)).body.value;
  const command = (...args: string[]): string =>
    execFileSync(program, [...args, "--data", server.dir], {
      encoding: "utf8",
      env: { ...process.env, LOTSE_LANG: "de" },
    });

  beforeAll(async () => {
    program = build("./internal/app/newkind/server");
    server = await startServer(undefined, program);
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 1000 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(15_000);
    await createFirstAccount(page, server);
    await becomeOfficer(page);
    await api(page, "POST", "/records/parcel?id=small", { title: "Kleines Paket", weight: 1, sort: "small" });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("form: a field of every type, all errors at once, then saved", async () => {
    await page.goto(`${server.url}/register`);
    await settled(page);
    await page.getByRole("link", { name: "Pakete 1" }).click();
    await row(page, "Kleines Paket").waitFor();
    await page.getByRole("button", { name: "Paket N" }).click();
    await page.waitForURL(/\/register\/parcel\/new$/);
    await page.getByLabel("Gewicht").fill("-1");
    await page.getByRole("group", { name: "Preis" }).getByLabel("Betrag").fill("viel");
    await page.getByLabel("Termin").fill("bald");
    await page.getByRole("button", { name: /Sichern/ }).click();
    await page.getByText("Diese Angabe fehlt.").waitFor();
    expect(await page.locator("[aria-invalid=true]").count()).toBe(4);
    expect(await axe(page)).toEqual([]);

    await page.getByRole("textbox", { name: /^Paket/ }).fill("Großes Paket");
    await page.getByLabel("Notiz").fill("**Vorsicht** Glas");
    await choose(page, "Zerbrechlich", "ja");
    await page.getByLabel("Gewicht").fill("12,5");
    await page.getByLabel("Anteil").fill("25");
    await page.getByLabel("Reise").fill("1,5");
    await page.getByRole("group", { name: "Preis" }).getByLabel("Betrag").fill("1.234,50");
    await page.getByLabel("Termin").fill("1.12.2026");
    const time = page.getByRole("group", { name: "Zeitraum" });
    await time.getByLabel("Von").fill("1.1.2026");
    await time.getByLabel("Bis").fill("31.1.2026");
    await choose(page, "Art", "groß");
    await page.getByRole("combobox", { name: "Wörter" }).fill("rot");
    await page.keyboard.press("Enter");
    await choose(page, "In", "Kleines", "Kleines Paket");
    await choose(page, "Weitere", "Kleines", "Kleines Paket");
    await page.keyboard.press("Escape");
    await choose(page, "Wem", "Sabine Krüger", /als Person anlegen/);
    await page.getByRole("dialog").getByRole("button", { name: "Anlegen" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await choose(page, "Helfer", "Sabine", "Sabine Krüger");
    await page.keyboard.press("Escape");
    const loss = page.getByRole("group", { name: "Schaden" });
    await loss.getByLabel("mindestens").fill("1");
    await loss.getByLabel("wahrscheinlich").fill("2");
    await loss.getByLabel("höchstens").fill("3");
    await page.getByRole("button", { name: "Zeile zu Inhalt" }).click();
    const first = page.getByRole("group", { name: "Inhalt, Zeile 1" });
    await first.getByLabel("Was").fill("Schrauben");
    await first.getByLabel("Wie viele").fill("7");
    await page.getByLabel(/^Geheim/).fill("Tresor");
    await page.getByRole("button", { name: /Sichern/ }).click();
    await page.getByRole("heading", { level: 1, name: "Großes Paket" }).waitFor();
    id = page.url().split("/").at(-1) ?? "";
    const person = (await api(page, "GET", "/records/person?q=Sabine")).body.items[0].id;
    expect(await value()).toEqual({
      title: "Großes Paket",
      note: "**Vorsicht** Glas",
      fragile: true,
      weight: 12.5,
      share: 0.25,
      journey: 5400,
      price: { amount: "1234.50", currency: "EUR" },
      due: "2026-12-01",
      time: { from: "2026-01-01", to: "2026-02-01" },
      sort: "big",
      tags: ["rot"],
      parent: "small",
      others: ["small"],
      owner: person,
      helpers: [person],
      loss: { min: 1, likely: 2, max: 3 },
      contents: [{ name: "Schrauben", count: 7 }],
      secret: "Tresor",
      double: 25,
    });
  });

  test("detail: files, computed and managed fields, links, comment", async () => {
    await settled(page);
    expect(await axe(page)).toEqual([]);
    const papers = page.getByRole("group", { name: "Papiere" });
    await papers
      .locator("input[type=file]")
      .setInputFiles({ name: "zoll.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") });
    await papers.getByRole("checkbox", { name: "zoll.pdf", checked: true }).waitFor();
    await page.keyboard.press("Control+s");
    await page
      .getByText(/^Fassung 2 vom/)
      .first()
      .waitFor();
    expect((await value()).papers).toHaveLength(1);
    await page.getByText("Wird berechnet.").waitFor();
    await page.getByText("Ändert sich nur durch einen eigenen Schritt.").waitFor();
    await page.getByRole("tab", { name: /Verknüpfungen/ }).click();
    await page.getByRole("tabpanel").getByRole("link", { name: "Kleines Paket" }).first().waitFor();
    await page.getByRole("tab", { name: /Kommentare/ }).click();
    await page.getByLabel("Kommentar", { exact: true }).fill("Bitte zustellen");
    await page.getByRole("button", { name: "Kommentieren" }).click();
    await page.getByRole("tabpanel").getByText("Bitte zustellen").waitFor();
  });

  test("table: chosen columns, filter, sort, groups with sums, a cell in place", async () => {
    await page.goto(`${server.url}/register/parcel`);
    await settled(page);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await choose(page, "Feld", "Art");
    await choose(page, "Wert", "groß");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Anwenden" }).click();
    await page.getByText("1 von 1 Eintrag").waitFor();
    await page.goto(`${server.url}/register/parcel?sort=-weight&group=sort`);
    await page.getByRole("button", { name: "groß 1" }).waitFor();
    await page.getByRole("button", { name: "klein 1" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await row(page, "Kleines Paket").locator("td[data-name]").dblclick();
    await page.locator("td[data-editing] input").fill("Kleines rotes Paket");
    await page.keyboard.press("Enter");
    await row(page, "Kleines rotes Paket").waitFor();
    expect((await api(page, "GET", "/records/parcel/small")).body.value.title).toBe("Kleines rotes Paket");
  });

  test("search: a word of a long text in the palette leads to the record", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Suchen oder springen" }).fill("Vorsicht");
    await page.getByRole("option", { name: /Großes Paket/ }).click();
    await page.waitForURL(new RegExp(`/register/parcel/${id}$`));
    await page.getByRole("heading", { level: 1, name: "Großes Paket" }).waitFor();
  });

  test("history: differences of fields, and back to a version", async () => {
    await page.getByLabel("Gewicht").fill("20");
    await page.keyboard.press("Control+s");
    await page
      .getByText(/^Fassung 3 vom/)
      .first()
      .waitFor();
    await page.getByRole("tab", { name: /Verlauf/ }).click();
    const steps = page.getByRole("tabpanel").locator("ol > li");
    await steps.first().getByText("12,5 kg").waitFor();
    await steps.first().getByText("20 kg").waitFor();
    await steps.first().getByText("40", { exact: true }).waitFor(); // the computed field follows
    await steps.filter({ hasText: "Fassung 2" }).getByRole("button", { name: "Zu dieser Fassung zurück" }).click();
    await page
      .getByText(/^Fassung 4 vom/)
      .first()
      .waitFor();
    expect((await value()).weight).toBe(12.5);
  });

  test("export and import: the file comes back and changes what was changed in it, nothing else", async () => {
    await page.goto(`${server.url}/register/parcel`);
    await settled(page);
    const before = await value();
    const all = [
      "title",
      "note",
      "fragile",
      "weight",
      "share",
      "journey",
      "price",
      "due",
      "time",
      "sort",
      "tags",
      "parent",
    ];
    const more = ["others", "owner", "helpers", "loss", "contents", "papers", "secret", "double", "id"];
    exported = await page.evaluate(
      async (columns) => (await fetch(`/api/v1/records/parcel/export?format=csv&columns=${columns}`)).text(),
      [...all, ...more].join(","),
    );
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Ausgeben" }).click();
    await page.getByRole("menuitem", { name: "CSV" }).click();
    expect(readFileSync(await (await saved).path(), "utf8")).toContain("Großes Paket");

    await page.getByRole("button", { name: "Einlesen" }).click();
    const dialog = page.getByRole("dialog");
    const load = (text: string) =>
      dialog
        .locator("input[type=file]")
        .setInputFiles({ name: "pakete.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await load(exported);
    await dialog.getByText("0 neu, 0 geändert, 2 unverändert").waitFor();
    await dialog
      .getByRole("button", { name: "Schließen" })
      .or(dialog.getByRole("button", { name: "Abbrechen" }))
      .first()
      .click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Einlesen" }).click();
    await load(exported.replace("Schrauben", "Dübel"));
    await dialog.getByText("0 neu, 1 geändert, 1 unverändert").waitFor();
    await dialog.getByRole("button", { name: "1 Zeile übernehmen" }).click();
    await dialog.getByText(/Eingelesen: 0 neu, 1 geändert, 1 unverändert/).waitFor();
    expect(await value()).toEqual({ ...before, contents: [{ name: "Dübel", count: 7 }] });
  });

  test("command line: list, show, set, history, export", async () => {
    expect(command("record", "parcel", "list")).toMatch(/Großes Paket/);
    expect(JSON.parse(command("record", "parcel", "show", id, "--json")).value.weight).toBe(12.5);
    command("record", "parcel", "set", id, "weight=13", "sort=klein");
    expect(await value()).toMatchObject({ weight: 13, double: 26, sort: "small" });
    expect(command("record", "parcel", "history", id)).toMatch(/12,5.kg/);
    const file = join(server.dir, "pakete.csv");
    command("record", "parcel", "export", file);
    expect(readFileSync(file, "utf8")).toContain("Dübel");
  });

  test("permission: who only reads sees no private field and no way to change", async () => {
    execFileSync(
      program,
      ["user", "add", "v@nordhafen.example", "--role", "viewer", "--password-stdin", "--data", server.dir],
      {
        input: "ein langes Kennwort 15\n",
      },
    );
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 1000 } });
    const { page: other, problems: theirs } = await openPage(context);
    await other.goto(`${server.url}/anmelden`);
    await other.locator("input[type=email]").fill("v@nordhafen.example");
    await other.locator("input[type=password]").fill("ein langes Kennwort 15");
    await other.locator("button[type=submit]").click();
    await other.waitForURL(`${server.url}/`);
    await other.goto(`${server.url}/register/parcel/${id}`);
    await other.getByRole("heading", { level: 1, name: "Großes Paket" }).waitFor();
    await settled(other);
    await other.getByText("Dübel").waitFor();
    expect(await other.getByText("Tresor").count()).toBe(0);
    expect(await other.getByRole("button", { name: /Sichern|Löschen/ }).count()).toBe(0);
    expect(await axe(other)).toEqual([]);
    expect((await api(other, "PATCH", `/records/parcel/${id}`, { weight: 1 }, "*")).status).toBe(403);
    expect((await api(other, "GET", "/records/parcel?filter=secret:eq:Tresor")).status).toBe(400);
    await other.goto(`${server.url}/register/parcel`);
    await row(other, "Großes Paket").waitFor();
    expect(await other.getByRole("button", { name: /^Paket N|Einlesen/ }).count()).toBe(0);
    expect(theirs.filter((one) => !/status of 400/.test(one))).toEqual([]);
    await context.close();
  });

  test("approval: proposed by one, decided by another", async () => {
    await page.goto(`${server.url}/register/parcel/${id}`);
    await page.getByRole("button", { name: /Vorlegen/ }).click();
    await page.getByText("vorgelegt").first().waitFor();
    expect((await api(page, "POST", `/records/parcel/${id}/decide`, { step: "approve" }, "*")).status).toBe(403);
    expect(problems.filter((one) => !/status of 4(12|22|09)/.test(one))).toEqual([]);
  });
});
