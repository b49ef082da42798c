import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createFirstAccount,
  launch,
  loadFile,
  lotse,
  openPage,
  type Server,
  settled,
  sharedData,
  startServer,
} from "./harness";

const receipt = sharedData("eventlogs", "receipt.csv.gz");

// What a person makes or says of the data stays: a metric of two steps, a finding put aside, a note.
describe.skipIf(!receipt)("what a person makes stays", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  const folder = mkdtempSync(join(tmpdir(), "lotse-parts-"));

  /** The log in two parts by case, as two exports of a system would be. */
  function part(n: 0 | 1): string {
    const [head, ...lines] = gunzipSync(readFileSync(receipt as string))
      .toString("utf8")
      .trim()
      .split("\n");
    const cases = (head as string).split(",").indexOf("case:concept:name");
    const known = new Map<string, number>();
    const mine = lines.filter((line) => {
      const id = line.split(",")[cases] as string;
      if (!known.has(id)) known.set(id, known.size);
      return Number((known.get(id) as number) >= 1200) === n;
    });
    const path = join(folder, `receipt_teil${n + 1}.csv`);
    writeFileSync(path, [head, ...mine].join("\n"));
    return path;
  }

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(30_000);
    await createFirstAccount(page, server);
    await loadFile(page, server, part(0));
    await page.getByRole("link", { name: /Prozesskarte öffnen/ }).click();
    await page.getByRole("button", { name: /^Confirmation of receipt, / }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("a metric of two steps is made from the map in two clicks and stands in the overview", async () => {
    // The path is on the screen: from there two clicks, opening the form with both steps filled in and making it.
    await page.goto(
      `${server.url}/prozesse/receipt_teil1?path_from=${encodeURIComponent("Confirmation of receipt")}&path_to=${encodeURIComponent("T02 Check confirmation of receipt")}`,
    );
    const panel = page.getByRole("complementary", { name: "Ausgewählter Pfad" });
    await panel.getByRole("button", { name: "Kennzahl aus zwei Schritten" }).click();
    await panel.getByRole("button", { name: "Kennzahl anlegen" }).click();
    await page.waitForURL(/\/kennzahlen\//);
    await page.getByRole("figure").first().waitFor();
    const name = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) as string);
    const answer = JSON.parse(lotse("metric", "query", name, "--data", server.dir, "--json")) as {
      points: { value: number | null; complete: boolean; n: number }[];
    };
    const last = answer.points.findLast((p) => p.complete && p.value !== null);
    expect(last?.n).toBeGreaterThan(0);
    await page
      .getByText(`n = ${last?.n}`)
      .or(page.getByText(`aus ${last?.n} `))
      .first()
      .waitFor();
    const title = await page.getByRole("heading", { level: 1 }).innerText();
    await page.goto(server.url);
    await page.locator(`h2 a[href^="/kennzahlen/${encodeURIComponent(name)}"]`).click();
    await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
  });

  test("a finding is put aside with a reason and noted, and stays so after a reload and a new load", async () => {
    await page.goto(`${server.url}/befunde`);
    const first = page.getByRole("table", { name: "Befunde" }).getByRole("link").first();
    const title = await first.innerText();
    await first.click();
    await page.getByRole("textbox", { name: /^Notiz/ }).fill("Mit Frau Hansen besprochen");
    await page.getByRole("button", { name: "Notiz sichern" }).click();
    await page.getByRole("button", { name: "Notiz sichern" }).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Verwerfen …" }).click();
    await page.getByLabel("Warum wird der Befund verworfen?").fill("So gewollt");
    await page.getByRole("button", { name: "Verwerfen", exact: true }).click();
    await page.getByText("Verworfen: So gewollt").first().waitFor();
    const address = page.url();

    const holds = async () => {
      await page.goto(address);
      await page.getByText("Verworfen: So gewollt").first().waitFor();
      expect(await page.getByRole("textbox", { name: /^Notiz/ }).inputValue()).toBe("Mit Frau Hansen besprochen");
      await page.goto(`${server.url}/befunde`);
      await settled(page);
      expect(
        await page.getByRole("table", { name: "Befunde" }).getByRole("link", { name: title, exact: true }).count(),
      ).toBe(0);
      await page.goto(`${server.url}/befunde?state=dismissed`);
      await page.getByRole("table", { name: "Befunde" }).getByRole("link", { name: title, exact: true }).waitFor();
    };
    await holds();
    // The mapping is remembered: the next export of the same system takes two clicks.
    await page.goto(`${server.url}/daten/einlesen`);
    await page.locator("input[type=file]").setInputFiles(part(1));
    await page.getByRole("button", { name: /Zeilen laden$/ }).click();
    await page.getByRole("heading", { level: 1, name: /Zeilen geladen/ }).waitFor();
    await page.getByRole("link", { name: /Prozesskarte öffnen/ }).click();
    await page.getByText(/1\.434 Vorgänge · 8\.577 Ereignisse/).waitFor();
    await holds();
  });

  test("nothing went wrong in the browser on the way", () => {
    expect(problems).toEqual([]);
  });
});
