import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, demoAccounts, launch, lotse, openPage, type Server, settled, signIn, startServer } from "./harness";
import { api, choose } from "./records";

// Four people of the demo company prove an effect, each taken on in the menu of the head: proposal, confirmation by the
// department, one refusal, signature, certificate, ledger.
describe("four people of the demo company", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  const people = { officer: "Anna", contributor: "Ines", controller: "Maike", leader: "Henrik" } as const;
  const title = "Weniger Nacharbeit durch die Auftragsmaske";
  let closing: { id: string; plan: string };

  /** Becomes another person of the company by the menu of the head. */
  const become = async (role: keyof typeof people): Promise<void> => {
    await page.getByRole("button", { name: /Menü von / }).click();
    await page.getByRole("menuitem", { name: new RegExp(`^${people[role]} `) }).click();
    await page.getByRole("button", { name: new RegExp(`Menü von ${people[role]} `) }).waitFor();
    await page.waitForURL(`${server.url}/`);
  };

  /** Opens a page, which has no finding of axe. */
  const visit = async (path: string): Promise<void> => {
    await page.goto(server.url + path);
    await sound();
  };
  const sound = async (): Promise<void> => {
    await settled(page);
    expect([page.url(), ...(await axe(page))]).toEqual([page.url()]);
  };

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "lotse-demoproof-"));
    lotse("demo", "--data", dir);
    server = await startServer(dir);
    browser = await launch();
    const context = await browser.newContext({
      locale: "de-DE",
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
      reducedMotion: "reduce",
    });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(60_000);
    await signIn(page, server, demoAccounts.officer, { scheme: "light", lang: "de" });
    const { body } = await api(page, "GET", "/closings?status=confirmed");
    closing = body.items.find((one: { title: string }) => one.title === title);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the controller refuses what was confirmed, with a reason", async () => {
    await become("controller");
    await visit("/abschluesse");
    await visit(`/abschluesse/${closing.id}`);
    await page.getByRole("button", { name: "Ablehnen" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Begründung").fill("Bitte den Wert einer Nacharbeit belegen.");
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Ablehnen" }).click();
    await page.getByText(/Bitte den Wert einer Nacharbeit belegen/).waitFor();
    await sound();
  });

  test("the officer proposes it again and cannot sign", async () => {
    await become("officer");
    await visit(`/wirkung/${closing.plan}`);
    await page
      .getByText(/Bitte den Wert einer Nacharbeit belegen/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Abschluss vorlegen" }).click();
    await choose(page, "Bestätigt", "Ines");
    await page.getByRole("dialog").getByRole("button", { name: "Abschluss vorlegen" }).click();
    await page.waitForURL(`${server.url}/abschluesse/${closing.id}`);
    await sound();
    expect(await page.getByRole("button", { name: "Ergebnis unterschreiben" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Bestätigen" }).count()).toBe(0);
  });

  test("the department confirms", async () => {
    await become("contributor");
    await visit(`/abschluesse/${closing.id}`);
    await page.getByRole("button", { name: "Bestätigen" }).click();
    await page.getByText("vom Fachbereich bestätigt").first().waitFor();
    await sound();
  });

  test("the controller signs, and the certificate is known again", async () => {
    await become("controller");
    await visit(`/abschluesse/${closing.id}`);
    await page.getByRole("button", { name: "Ergebnis unterschreiben" }).click();
    await page.getByText("Heute ergibt sich derselbe Wert.").waitFor();
    await sound();
    await visit(`/wirkung/${closing.plan}`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Wirkungsnachweis (PDF)" }).click(),
    ]);
    const path = await download.path();
    expect(readFileSync(path).subarray(0, 5).toString()).toBe("%PDF-");
    await visit("/nachweis");
    await page.locator("input[type=file]").setInputFiles(path);
    const outcome = page.getByRole("region", { name: /Nachweis/ });
    await outcome.getByText(title).first().waitFor();
    await sound();
    const file = readFileSync(path);
    file[file.length >> 1] = (file[file.length >> 1] ?? 0) ^ 1;
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "verändert.pdf", mimeType: "application/pdf", buffer: file });
    await outcome.getByText(/verändert\.pdf/).waitFor();
    await outcome.getByText(title).waitFor({ state: "detached" });
    await sound();
  });

  test("the leader sees the contribution, and the ledger its entry", async () => {
    await become("leader");
    await visit("/");
    await visit("/beitrag");
    const { body } = await api(page, "GET", "/ledger");
    const entry = body.entries.find((one: { closing: string }) => one.closing === closing.id);
    expect([entry.sort, entry.signed_by]).toEqual(["contribution", demoAccounts.controller.email]);
    await page.getByRole("link", { name: title }).first().waitFor();
  });

  test("no page wrote an error", () => {
    expect(problems).toEqual([]);
  });
});
