import { cpSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { demoAccounts, launch, lotse, openPage, root, type Server, settled, signIn, startServer } from "./harness";
import { addressOf } from "./routes";

/** A picture of the handbook: where it is taken, by whom, and what is done on the page before. */
interface Picture {
  name: string;
  path: string;
  account?: keyof typeof demoAccounts;
  width?: number;
  height?: number;
  most?: number; // bytes
  before?: (page: Page) => Promise<void>;
}

const most = 120 * 1024;
const view = { width: 1200, height: 520 };

const order = "Belegnr;Schritt;Zeitpunkt;Bearbeiter;Kanal";
const steps = ["Auftrag erfasst", "Bonität geprüft", "Ware versendet", "Rechnung gestellt"];

/** A small event log as a company would export it. */
function log(): string {
  const rows = [order];
  for (let number = 1; number <= 40; number++)
    steps.forEach((step, at) => {
      const day = String(1 + ((number + at) % 28)).padStart(2, "0");
      rows.push(
        `A-${1000 + number};${step};${day}.10.2026 0${8 + (at % 2)}:15;Müller;${number % 3 ? "Telefon" : "Shop"}`,
      );
    });
  return `${rows.join("\n")}\n`;
}

async function mapping(page: Page): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), "lotse-handbook-")), "auftraege_oktober.csv");
  writeFileSync(file, log());
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("table").first().waitFor();
}

const pictures: Picture[] = [
  { name: "lage", path: "/", account: "leader" },
  { name: "zuordnung", path: "/daten/einlesen", before: mapping },
  { name: "prozess", path: "/prozesse/Auftrag bis Zahlung" },
  { name: "tor", path: "/vorhaben/{initiative:title:eq:Nachbestellung im Abo}" },
  { name: "business-case", path: "/business_case/{business_case:title:eq:E-Rechnung für alle Kunden}" },
  { name: "fahrplan", path: "/fahrplan" },
  {
    name: "wirkung",
    path: "/wirkung/{effect_plan:title:eq:Kürzere Lieferzeit durch den neuen Versandpartner}",
    height: 500,
    before: (page) => page.evaluate(() => scrollTo(0, 250)),
  },
  { name: "beitrag", path: "/beitrag" },
  { name: "konten", path: "/konten", account: "admin", height: 470 },
];

/** LOTSE_PICTURE takes one picture alone. */
const only = process.env.LOTSE_PICTURE;
const chosen = pictures.filter((one) => !only || one.name === only);

/** The picture of README.md, taller than those of the handbook. */
const readme: Picture = {
  name: "process",
  path: "/prozesse/Auftrag bis Zahlung",
  width: 1440,
  height: 900,
  most: 160 * 1024,
};

async function take(page: Page, server: Server, picture: Picture, folder: string): Promise<void> {
  await page.setViewportSize({ width: picture.width ?? view.width, height: picture.height ?? view.height });
  await page.goto(server.url + (await addressOf(page, picture.path)));
  await settled(page);
  await picture.before?.(page);
  await settled(page);
  const path = join(folder, `${picture.name}.png`);
  await page.screenshot({ path, animations: "disabled" });
  expect
    .soft(statSync(path).size, `${picture.name} is small enough for the handbook`)
    .toBeLessThanOrEqual(picture.most ?? most);
}

// The pictures of the handbook; only on request (scripts/handbook.sh). LOTSE_DEMO names a demo company to take them from.
describe.skipIf(!process.env.LOTSE_HANDBOOK)("handbook", () => {
  test(
    "every picture in both languages",
    async () => {
      const dir = mkdtempSync(join(tmpdir(), "lotse-handbook-"));
      if (process.env.LOTSE_DEMO) cpSync(process.env.LOTSE_DEMO, dir, { recursive: true });
      else lotse("demo", "--data", dir);
      const server = await startServer(dir);
      const browser = await launch();
      try {
        for (const lang of ["de", "en"] as const) {
          const folder = join(root, "docs/handbook", lang, "images");
          mkdirSync(folder, { recursive: true });
          for (const account of ["officer", "leader", "admin"] as const) {
            const context = await browser.newContext({ locale: lang === "de" ? "de-DE" : "en-GB", viewport: view });
            const { page } = await openPage(context);
            await signIn(page, server, demoAccounts[account], { scheme: "light", lang });
            for (const picture of chosen.filter((one) => (one.account ?? "officer") === account))
              await take(page, server, picture, folder);
            if (!only && lang === "de" && account === "officer")
              await take(page, server, readme, join(root, "docs/images"));
            await context.close();
          }
        }
      } finally {
        await browser.close();
        await server.stop();
      }
    },
    20 * 60_000,
  );
});
